// A strict parser, without recursion, for {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4),
// }.

#include "formats/npy/header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace verge::npy {
namespace {

constexpr std::size_t kMostDimensions = 64;  // NumPy 2's own limit
constexpr std::size_t kMostQuotedBytes = 60;

Error unlike(std::string_view found, std::string wanted) {
    std::string shown(found.substr(0, kMostQuotedBytes));
    std::replace_if(
        shown.begin(), shown.end(), [](char letter) { return letter < ' ' || letter > '~'; }, '?');
    return bad_input("the header goes on with \"" + shown + "\"", std::move(wanted));
}

/// What is left of the text; each step takes from its front.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    void skip_spaces() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
    }

    [[nodiscard]] bool take(std::string_view token) {
        skip_spaces();
        if (!rest_.starts_with(token)) {
            return false;
        }
        rest_.remove_prefix(token.size());
        return true;
    }

    /// 'text' or "text", without escapes.
    [[nodiscard]] std::optional<std::string_view> take_string() {
        skip_spaces();
        if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) {
            return std::nullopt;
        }
        const std::size_t end = rest_.find(rest_[0], 1);
        if (end == std::string_view::npos ||
            rest_.substr(0, end).find('\\') != std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view text = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return text;
    }

    /// Decimal digits; an L may follow, as Python 2 wrote it.
    [[nodiscard]] std::optional<std::int64_t> take_count() {
        skip_spaces();
        if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') {
            return std::nullopt;
        }
        std::int64_t value = 0;
        const auto [end, problem] =
            std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (problem != std::errc()) {
            return std::nullopt;
        }
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if (rest_.starts_with('L')) {
            rest_.remove_prefix(1);
        }
        return value;
    }

    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

Done read_type(Reader& text, Header& header) {
    const std::optional<std::string_view> code = text.take_string();
    if (!code) {
        return Error{Code::unsupported,
                     "the elements are records or of a type that is no plain string",
                     "one number an element", "save the fields as arrays of their own"};
    }
    const char order = code->empty() ? ' ' : code->front();
    const std::optional<ElementType> type =
        code->empty() ? std::nullopt : type_of_code(code->substr(1));
    const bool order_is_known = order == '<' || order == '>' || order == '|';
    if (!type || !order_is_known || (order == '|' && size_of(*type) != 1)) {
        return Error{Code::unsupported,
                     "the elements are of NumPy type '" + std::string(*code) + "'",
                     "bool, float16 to float64, or an integer of 8 to 64 bits",
                     "convert it with .astype() before it is saved"};
    }
    header.type = *type;
    header.is_big_endian = order == '>';
    return done();
}

Done read_order(Reader& text, Header& header) {
    header.is_fortran_order = text.take("True");
    if (!header.is_fortran_order && !text.take("False")) {
        return unlike(text.rest(), "True or False after 'fortran_order'");
    }
    return done();
}

Done read_shape(Reader& text, Header& header) {
    if (!text.take("(")) {
        return unlike(text.rest(), "'(' after 'shape'");
    }
    bool needs_comma = false;
    while (!text.take(")")) {
        if (needs_comma) {
            return unlike(text.rest(), "',' or ')' in the shape");
        }
        const std::optional<std::int64_t> dimension = text.take_count();
        if (!dimension) {
            return unlike(text.rest(), "a dimension of the shape below 2^63");
        }
        header.shape.push_back(*dimension);
        if (header.shape.size() > kMostDimensions) {
            return unsupported("the shape has more than 64 dimensions", "at most 64");
        }
        needs_comma = !text.take(",");
    }
    if (needs_comma && header.shape.size() == 1) {
        return unlike(text.rest(), "a comma in a shape of one dimension");
    }
    return done();
}

using ReadValue = Done (*)(Reader&, Header&);

struct Key {
    std::string_view name;
    ReadValue read;
    bool is_seen;
};

Done read_entry(Reader& text, std::span<Key> keys, Header& header) {
    const std::string_view before = text.rest();
    const std::optional<std::string_view> name = text.take_string();
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key& candidate) {
        return name && candidate.name == *name;
    });
    if (key == keys.end() || key->is_seen) {
        return unlike(before, "'descr', 'fortran_order' and 'shape', each once");
    }
    key->is_seen = true;
    if (!text.take(":")) {
        return unlike(text.rest(), "':' after the key");
    }
    return key->read(text, header);
}

}  // namespace

Outcome<Header> parse_header(std::string_view text) {
    Reader reader(text);
    std::array<Key, 3> keys{{{"descr", &read_type, false},
                             {"fortran_order", &read_order, false},
                             {"shape", &read_shape, false}}};
    Header header;
    if (!reader.take("{")) {
        return unlike(reader.rest(), "'{'");
    }
    bool needs_comma = false;
    while (!reader.take("}")) {
        if (needs_comma) {
            return unlike(reader.rest(), "',' or '}'");
        }
        VERGE_CHECK(read_entry(reader, keys, header));
        needs_comma = !reader.take(",");
    }
    reader.skip_spaces();
    if (!reader.rest().empty()) {
        return unlike(reader.rest(), "the end of the header");
    }
    for (const Key& key : keys) {
        if (!key.is_seen) {
            return bad_input("the header lacks '" + std::string(key.name) + "'");
        }
    }
    return header;
}

std::string header_text(const Header& header) {
    const char order = size_of(header.type) == 1 ? '|' : header.is_big_endian ? '>' : '<';
    std::string text = "{'descr': '";
    text += order;
    text += code_of(header.type);
    text += "', 'fortran_order': ";
    text += header.is_fortran_order ? "True" : "False";
    return text + ", 'shape': " + shape_text(header.shape) + ", }";
}

}  // namespace verge::npy
