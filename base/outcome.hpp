#pragma once
// Outcome<T>: a value, or an Error that says what was found, what was wanted, where, and what to
// do. Hosted: it owns strings.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace verge {

/// What kind of trouble it is: decides the exit code of the command line.
enum class Code : std::uint8_t {
    bad_input,    // a file or argument is not what it should be: exit 2
    unsupported,  // it is sound, but this version cannot do it: exit 2
    io,           // the operating system refused: exit 2
    refused,      // the answer is no (does not fit, differs, check failed): exit 1
};

/// Why there is no value. Each layer adds where it was with within(), once.
struct [[nodiscard]] Error {
    Code code = Code::bad_input;
    std::string what;        // what was found, as a sentence without a full stop
    std::string wanted;      // what would have been right; may be empty
    std::string remedy;      // what to do about it; may be empty
    std::string where = {};  // the road: outermost place first, "a.tflite: operator 3 'conv'"

    [[nodiscard]] Error within(std::string_view place) && {
        where = where.empty() ? std::string(place) : std::string(place) + ": " + where;
        return std::move(*this);
    }

    /// One line for people: found, wanted, where, what to do.
    [[nodiscard]] std::string message() const {
        std::string text = where.empty() ? what : where + ": " + what;
        if (!wanted.empty()) {
            text += "; wanted: " + wanted;
        }
        if (!remedy.empty()) {
            text += "; " + remedy;
        }
        return text;
    }
};

/// Shorthand for the commonest Error.
[[nodiscard]] inline Error bad_input(std::string what,
                                     std::string wanted = {},
                                     std::string remedy = {}) {
    return Error{Code::bad_input, std::move(what), std::move(wanted), std::move(remedy)};
}

[[nodiscard]] inline Error unsupported(std::string what,
                                       std::string wanted = {},
                                       std::string remedy = {}) {
    return Error{Code::unsupported, std::move(what), std::move(wanted), std::move(remedy)};
}

/// A T or an Error. Precondition of value(): ok(); of error(): !ok().
template <typename T>
class [[nodiscard]] Outcome {
public:
    // NOLINTNEXTLINE(google-explicit-constructor)
    Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    Outcome(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }

    [[nodiscard]] T& value() & { return std::get<0>(state_); }

    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }

    /// By value, so that `for (x : f().value())` does not dangle.
    [[nodiscard]] T value() && { return std::get<0>(std::move(state_)); }

    [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

    [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

/// An Outcome without a value: done, or the reason why not.
struct Nothing {};

using Done = Outcome<Nothing>;

inline Done done() {
    return Nothing{};
}

}  // namespace verge

/// Leaves the function with the Error of `expression` (an Outcome), if it has one.
#define VERGE_CHECK(expression)                                       \
    do {                                                              \
        if (auto verge_outcome = (expression); !verge_outcome.ok()) { \
            return std::move(verge_outcome).error();                  \
        }                                                             \
    } while (false)

#define VERGE_CONCAT_INNER(a, b) a##b
#define VERGE_CONCAT(a, b) VERGE_CONCAT_INNER(a, b)

/// `VERGE_ASSIGN(auto graph, import(bytes));` declares or sets, or leaves with the Error.
#define VERGE_ASSIGN(declaration, expression) \
    VERGE_ASSIGN_NAMED(VERGE_CONCAT(verge_outcome_, __LINE__), declaration, expression)
#define VERGE_ASSIGN_NAMED(name, declaration, expression) \
    auto name = (expression);                             \
    if (!name.ok()) {                                     \
        return std::move(name).error();                   \
    }                                                     \
    declaration = std::move(name).value()
