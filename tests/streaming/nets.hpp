#pragma once
// Random small networks over a window of frames, as graph text, for tests of streaming.

#include <cstdint>
#include <random>
#include <string>

namespace verge::test {

struct Net {
    std::string text;
    int frames = 0;  // of the window
};

/// Convolutions, depthwise ones, pools, sums and element-wise operators with random kernels,
/// strides, dilations and paddings, then one of several ends. int8. Time runs along rows, or along
/// columns of images of one row.
Net random_net(std::uint32_t seed);

}  // namespace verge::test
