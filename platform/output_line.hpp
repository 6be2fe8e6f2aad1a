#pragma once
// A line that a program switches: a GPIO line of Linux, or a plain file that stands for one.

#include <string>

#include "base/outcome.hpp"
#include "platform/descriptor.hpp"

namespace verge::platform {

/// One output, low at first. The GPIO line goes back to the kernel when this object goes; the file
/// keeps the last value.
class OutputLine {
public:
    /// `name` is CHIP:LINE. CHIP is a GPIO character device ("gpiochip0", "/dev/gpiochip0"), driven
    /// through version 2 of the kernel's interface (linux/gpio.h). A CHIP with a slash that lies
    /// outside /dev is a plain file instead: it holds "0\n" or "1\n", and :LINE may be left out.
    static Outcome<OutputLine> open(const std::string& name, const std::string& consumer);

    /// Switches it.
    [[nodiscard]] Done set(bool is_high);

private:
    OutputLine(std::string path, Descriptor line)
        : path_(std::move(path)), line_(std::move(line)) {}

    std::string path_;
    Descriptor line_;  // none: `path_` is a plain file
};

}  // namespace verge::platform
