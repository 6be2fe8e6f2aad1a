#pragma once
// The header of a .npy file: a Python dictionary of three keys, read by a parser that knows no more
// Python than that. Layout: the "NPY format" page of NumPy's reference (versions 1.0, 2.0, 3.0).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"
#include "formats/npy/array.hpp"

namespace verge::npy {

/// What the dictionary says.
struct Header {
    ElementType type = ElementType::f32;
    bool is_big_endian = false;
    bool is_fortran_order = false;
    std::vector<std::int64_t> shape;
};

/// `text` is the dictionary with its padding and final newline. Each key must be there once;
/// another key, type or trailing text is refused.
[[nodiscard]] Outcome<Header> parse_header(std::string_view text);

/// The dictionary alone, without padding.
[[nodiscard]] std::string header_text(const Header& header);

}  // namespace verge::npy
