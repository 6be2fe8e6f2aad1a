#include "apps/verge/eval/labels.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "platform/similar_name.hpp"

namespace verge::apps {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos
               ? ""
               : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

}  // namespace

Outcome<Labels> Labels::parse(std::string_view text) {
    Labels labels;
    std::map<std::string, std::size_t, std::less<>> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string name(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto [found, is_new] = lines.try_emplace(name, labels.names_.size() + 1);
        if (!is_new && !name.empty()) {
            return bad_input("line " + std::to_string(labels.names_.size() + 1) + " names '" +
                                 name + "' as line " + std::to_string(found->second) + " does",
                             "another name for each class");
        }
        labels.names_.push_back(name);
    }
    while (!labels.names_.empty() && labels.names_.back().empty()) {
        labels.names_.pop_back();
    }
    if (labels.names_.empty()) {
        return bad_input("a list of no labels", "the name of one class a line");
    }
    return labels;
}

Outcome<std::size_t> Labels::class_of(const std::string& label) const {
    const std::string_view text = trimmed(label);
    const auto found = std::ranges::find(names_, text);
    if (!text.empty() && found != names_.end()) {
        return static_cast<std::size_t>(found - names_.begin());
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) {
        return number;
    }
    if (names_.empty()) {
        return bad_input("the label '" + label + "' is not a number",
                         "the number of a class, from 0 on",
                         "or give the names of the classes with --labels FILE");
    }
    const std::string similar = platform::closest_name(text, names_);
    return bad_input("there is no class '" + label + "'", "a name in the file of --labels",
                     similar.empty() ? "" : "did you mean '" + similar + "'");
}

std::string Labels::name_of(std::size_t index) const {
    return index < names_.size() && !names_[index].empty() ? names_[index] : std::to_string(index);
}

}  // namespace verge::apps
