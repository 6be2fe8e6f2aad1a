#pragma once
// How places inside a model are written in messages: "operator 3 (CONV_2D)", "tensor 5
// 'conv/bias'".

#include <cstddef>
#include <string>
#include <string_view>

namespace verge::tflite {

/// A name out of a file as it may be shown: printable ASCII, at most 80 letters.
[[nodiscard]] std::string shown(std::string_view name);

/// "input 1"
[[nodiscard]] std::string place(std::string_view kind, std::size_t index);

/// "tensor 5 'conv/bias'"
[[nodiscard]] std::string place_named(std::string_view kind,
                                      std::size_t index,
                                      std::string_view name);

/// "operator 3 (CONV_2D)"
[[nodiscard]] std::string place_of_operator(std::size_t index, std::string_view name);

}  // namespace verge::tflite
