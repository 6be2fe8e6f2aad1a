#include "graph/text_scan.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace verge::graph {
namespace {

constexpr std::array<std::string_view, 7> kKeywords = {"_",     "graph", "meta",  "input",
                                                       "const", "state", "output"};
constexpr std::string_view kHexDigits = "0123456789abcdef";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_printable(char c) {
    return c >= ' ' && c <= '~';
}

}  // namespace

bool is_word_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-';
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && is_letter(name.front()) &&
           std::ranges::all_of(name, is_word_character) &&
           std::ranges::find(kKeywords, name) == kKeywords.end();
}

std::string quote(std::string_view name) {
    if (is_plain_name(name)) {
        return std::string(name);
    }
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (is_printable(c)) {
            text += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            text += "\\x";
            text += kHexDigits[byte >> 4U];
            text += kHexDigits[byte & 0xfU];
        }
    }
    return text + '"';
}

void Scan::skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\r')) {
        rest_.remove_prefix(1);
    }
}

bool Scan::at_end() {
    skip_blanks();
    return rest_.empty();
}

bool Scan::take(char c) {
    if (at_end() || rest_.front() != c) {
        return false;
    }
    rest_.remove_prefix(1);
    return true;
}

bool Scan::take_word(std::string_view word) {
    skip_blanks();
    if (!rest_.starts_with(word) ||
        (rest_.size() > word.size() && is_word_character(rest_[word.size()]))) {
        return false;
    }
    rest_.remove_prefix(word.size());
    return true;
}

std::string_view Scan::word() {
    skip_blanks();
    const auto is_part = [](char c) { return is_word_character(c) || c == '+'; };
    const auto end = std::ranges::find_if_not(rest_, is_part);
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    return found;
}

std::optional<std::string> Scan::quoted() {
    std::string text;
    while (!rest_.empty() && rest_.front() != '"') {
        char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '\\' && rest_.starts_with('x') && rest_.size() >= 3) {
            unsigned value = 0;
            if (std::from_chars(rest_.data() + 1, rest_.data() + 3, value, 16).ptr !=
                rest_.data() + 3) {
                return std::nullopt;
            }
            c = static_cast<char>(value);
            rest_.remove_prefix(3);
        } else if (c == '\\' && !rest_.empty()) {
            c = rest_.front();
            rest_.remove_prefix(1);
        }
        text += c;
    }
    return take('"') ? std::optional(text) : std::nullopt;
}

std::optional<std::string> Scan::name() {
    if (take('"')) {
        return quoted();
    }
    const std::string_view plain = word();
    return is_plain_name(plain) ? std::optional(std::string(plain)) : std::nullopt;
}

std::string Scan::rest_for_message() {
    skip_blanks();
    return rest_.empty() ? "the line ends here"
                         : "found '" + std::string(rest_.substr(0, 24)) + "'";
}

}  // namespace verge::graph
