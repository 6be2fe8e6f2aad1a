#pragma once
// Walks over one line of the text form, token by token. Blanks before a token are skipped.

#include <optional>
#include <string>
#include <string_view>

namespace verge::graph {

/// True for a letter, a digit, or one of _ . / -
[[nodiscard]] bool is_word_character(char c);

/// True when a name may be written without quotes.
[[nodiscard]] bool is_plain_name(std::string_view name);

/// The name as the text form writes it: plain, or quoted with \" \\ and \xNN.
[[nodiscard]] std::string quote(std::string_view name);

class Scan {
public:
    /// `line` must outlive the Scan.
    explicit Scan(std::string_view line) : rest_(line) {}

    [[nodiscard]] bool at_end();

    /// Takes `c` if it is next.
    bool take(char c);

    /// Takes `word` if it is the whole next word.
    bool take_word(std::string_view word);

    /// The next run of word characters, + and signs; may be empty.
    std::string_view word();

    /// A plain or quoted name; nothing when there is none.
    std::optional<std::string> name();

    /// What is left, shortened for an error message.
    [[nodiscard]] std::string rest_for_message();

private:
    void skip_blanks();
    std::optional<std::string> quoted();

    std::string_view rest_;
};

}  // namespace verge::graph
