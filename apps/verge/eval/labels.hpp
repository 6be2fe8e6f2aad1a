#pragma once
// Labels of data lists: numbers of classes, or names that a file lists.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"

namespace verge::apps {

/// Names by class, one a line; spaces around them are cut. No names: labels are numbers.
class Labels {
public:
    Labels() = default;

    /// Refuses a text without names, and a name that stands there twice.
    static Outcome<Labels> parse(std::string_view text);

    /// How many names there are; empty lines at the end are none.
    [[nodiscard]] std::size_t size() const { return names_.size(); }

    /// The class of a label: its name's line, or the number that it is.
    [[nodiscard]] Outcome<std::size_t> class_of(const std::string& label) const;

    /// The name, or the number where there is none.
    [[nodiscard]] std::string name_of(std::size_t index) const;

private:
    std::vector<std::string> names_;
};

}  // namespace verge::apps
