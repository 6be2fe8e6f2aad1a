// Finds the two columns by the header, and joins the paths.

#include "formats/csv/data_list.hpp"

#include <algorithm>
#include <utility>

#include "formats/csv/csv.hpp"

namespace verge::csv {
namespace {

struct Columns {
    std::size_t file;
    std::size_t label;
    std::size_t count;
};

Error at_line(std::size_t line, std::string what, std::string wanted) {
    return bad_input(std::move(what), std::move(wanted)).within("line " + std::to_string(line));
}

std::string joined(const std::vector<std::string>& fields) {
    std::string text;
    for (const std::string& field : fields) {
        text += (text.empty() ? "" : ",") + field;
    }
    return text;
}

Outcome<Columns> find_columns(const Row& header) {
    const auto index_of = [&](std::string_view name) {
        const auto found = std::find(header.fields.begin(), header.fields.end(), name);
        return static_cast<std::size_t>(found - header.fields.begin());
    };
    const Columns columns{index_of("file"), index_of("label"), header.fields.size()};
    if (columns.file == columns.count || columns.label == columns.count) {
        return at_line(header.line, "the header is '" + joined(header.fields) + "'", "file,label");
    }
    return columns;
}

Outcome<DataRow> read_row(const Row& row, const Columns& columns, std::string_view folder) {
    if (row.fields.size() != columns.count) {
        return at_line(row.line, "there are " + std::to_string(row.fields.size()) + " fields",
                       std::to_string(columns.count) + ", as in the header");
    }
    const std::string& file = row.fields[columns.file];
    if (file.empty()) {
        return at_line(row.line, "the file name is empty", "a path");
    }
    const bool stays = folder.empty() || file.starts_with('/');
    const std::string_view separator = stays || folder.ends_with('/') ? "" : "/";
    std::string path =
        (stays ? std::string() : std::string(folder)) + std::string(separator) + file;
    return DataRow{std::move(path), row.fields[columns.label], row.line};
}

}  // namespace

Outcome<std::vector<DataRow>> read_data_list(std::string_view text, std::string_view folder) {
    VERGE_ASSIGN(const std::vector<Row> rows, parse_csv(text));
    if (rows.empty()) {
        return bad_input("the list is empty", "a header 'file,label' and rows");
    }
    VERGE_ASSIGN(const Columns columns, find_columns(rows[0]));
    std::vector<DataRow> list;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        VERGE_ASSIGN(DataRow row, read_row(rows[i], columns, folder));
        list.push_back(std::move(row));
    }
    if (list.empty()) {
        return bad_input("the list has a header but no rows", "at least one file and its label");
    }
    return list;
}

}  // namespace verge::csv
