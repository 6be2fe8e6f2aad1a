#pragma once
// A data list: a CSV file with the header `file,label` that names files and what they show.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"

namespace verge::csv {

/// One labelled file. `line` is where it stands in the list, for messages about it.
struct DataRow {
    std::string file;
    std::string label;
    std::size_t line = 0;
};

/// The rows of the list `text`. Columns other than `file` and `label` may be there and are skipped.
/// A relative path is put behind `folder` (where the list lies; empty: as it is). A list without
/// rows, a row of another length than the header, and an empty file name are refused with the line.
[[nodiscard]] Outcome<std::vector<DataRow>> read_data_list(std::string_view text,
                                                           std::string_view folder);

}  // namespace verge::csv
