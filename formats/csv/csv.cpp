// A reader that takes one field after the other from the front of the text.

#include "formats/csv/csv.hpp"

#include <algorithm>
#include <utility>

namespace verge::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {
        if (rest_.starts_with(kByteOrderMark)) {
            rest_.remove_prefix(kByteOrderMark.size());
        }
    }

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

    [[nodiscard]] std::size_t line() const { return line_; }

    Outcome<std::string> take_field() {
        return rest_.starts_with('"') ? take_quoted() : take_bare();
    }

    /// True: another field follows on this record.
    Outcome<bool> take_separator() {
        if (take(",")) {
            return true;
        }
        if (take("\r\n") || take("\n")) {
            ++line_;
            return false;
        }
        if (is_at_end()) {
            return false;
        }
        return fault("text follows a closing quote", "a comma or the end of the line");
    }

    [[nodiscard]] Error fault(std::string what, std::string wanted) const {
        return bad_input(std::move(what), std::move(wanted))
            .within("line " + std::to_string(line_));
    }

private:
    bool take(std::string_view token) {
        const bool is_there = rest_.starts_with(token);
        rest_.remove_prefix(is_there ? token.size() : 0);
        return is_there;
    }

    Outcome<std::string> take_bare() {
        std::string_view field = rest_.substr(0, rest_.find_first_of(",\n"));
        const bool ends_with_crlf =
            field.ends_with('\r') && field.size() < rest_.size() && rest_[field.size()] == '\n';
        field.remove_suffix(ends_with_crlf ? 1 : 0);  // the separator takes both
        rest_.remove_prefix(field.size());
        if (field.find_first_of(std::string_view("\"\r\0", 3)) != std::string_view::npos) {
            return fault("a field without quotes holds a quote, a carriage return or a zero byte",
                         "the whole field in double quotes, those within it doubled");
        }
        return std::string(field);
    }

    Outcome<std::string> take_quoted() {
        const Error never_closed =
            fault("the quote that begins here is never closed", "another double quote");
        std::string field;
        rest_.remove_prefix(1);
        for (;;) {
            const std::string_view part = rest_.substr(0, rest_.find('"'));
            if (part.size() == rest_.size()) {
                return never_closed;
            }
            field += part;
            line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
            rest_.remove_prefix(part.size() + 1);
            if (!take("\"")) {
                return field;
            }
            field += '"';
        }
    }

    std::string_view rest_;
    std::size_t line_ = 1;
};

}  // namespace

Outcome<std::vector<Row>> parse_csv(std::string_view text) {
    Reader reader(text);
    std::vector<Row> rows;
    while (!reader.is_at_end()) {
        Row row{reader.line(), {}};
        for (bool goes_on = true; goes_on;) {
            VERGE_ASSIGN(std::string field, reader.take_field());
            row.fields.push_back(std::move(field));
            VERGE_ASSIGN(goes_on, reader.take_separator());
        }
        const bool is_blank = row.fields.size() == 1 && row.fields[0].empty();
        if (!is_blank) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace verge::csv
