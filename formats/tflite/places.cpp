// Places as text; whatever stands in a file cannot reach the terminal unfiltered.

#include "formats/tflite/places.hpp"

namespace verge::tflite {

std::string shown(std::string_view name) {
    constexpr std::size_t kMost = 80;
    std::string text(name.substr(0, kMost));
    for (char& letter : text) {
        if (letter < ' ' || letter > '~') {
            letter = '?';
        }
    }
    return name.size() > kMost ? text + "..." : text;
}

std::string place(std::string_view kind, std::size_t index) {
    return std::string(kind) + " " + std::to_string(index);
}

std::string place_named(std::string_view kind, std::size_t index, std::string_view name) {
    return name.empty() ? place(kind, index) : place(kind, index) + " '" + shown(name) + "'";
}

std::string place_of_operator(std::size_t index, std::string_view name) {
    return place("operator", index) + " (" + shown(name) + ")";
}

}  // namespace verge::tflite
