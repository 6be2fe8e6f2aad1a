#pragma once
// CSV as RFC 4180 describes it: commas, double quotes, lines ended by LF or CR LF.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"

namespace verge::csv {

/// One record; `line` is where it begins, counted from 1 (quoted fields may hold line breaks).
struct Row {
    std::size_t line = 0;
    std::vector<std::string> fields;
};

/// All records; empty lines and a byte order mark are skipped. A quote that is not closed, or
/// stands within a bare field, and text after a closing quote are refused with their line.
[[nodiscard]] Outcome<std::vector<Row>> parse_csv(std::string_view text);

}  // namespace verge::csv
