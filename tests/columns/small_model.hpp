#pragma once
// A small convolutional network for keywords with pseudo-random weights, made on the spot: the
// shape of the real ones (a convolution, pairs of depthwise and 1x1 convolutions, pooling, a
// classifier, softmax), so that tests of whole plans need no file.

#include <cstddef>
#include <vector>

namespace verge::test {

/// A .tflite file: int8 [1,25,10,1] -> int8 [1,6]. Channel counts are no multiples of the blocks of
/// the kernels.
[[nodiscard]] std::vector<std::byte> small_keyword_model();

}  // namespace verge::test
