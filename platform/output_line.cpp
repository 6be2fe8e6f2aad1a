// The GPIO character device, version 2 (Linux 5.10 and later): one request for the line, then one
// ioctl a change.

#include "platform/output_line.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>

#include "platform/file.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

struct LineName {
    std::string chip;  // a path
    bool is_file = false;
    std::uint32_t line = 0;
};

Outcome<LineName> parse(const std::string& name) {
    const std::size_t colon = name.rfind(':');
    std::string chip = name.substr(0, colon);
    if (chip.find('/') == std::string::npos) {
        chip = "/dev/" + chip;
    }
    LineName parsed{chip, !chip.starts_with("/dev/"), 0};
    if (colon == std::string::npos && parsed.is_file) {
        return parsed;
    }
    const char* first = name.data() + (colon == std::string::npos ? name.size() : colon + 1);
    const char* last = name.data() + name.size();
    const auto [end, failure] = std::from_chars(first, last, parsed.line);
    if (first == last || end != last || failure != std::errc{}) {
        return bad_input("'" + name + "' names no line", "CHIP:LINE, such as gpiochip0:17",
                         "or a plain file, such as ./lamp");
    }
    return parsed;
}

/// The chips that exist, for the words of an Error.
std::string chips() {
    std::string names;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator("/dev", failure)) {
        const std::string name = entry.path().filename().string();
        names += name.starts_with("gpiochip") ? (names.empty() ? "" : ", ") + name : "";
    }
    return names.empty() ? "this machine has no GPIO chip; --gpio ./lamp writes a file instead"
                         : "there are " + names;
}

Outcome<Descriptor> request(const LineName& name, const std::string& consumer) {
    const Descriptor chip(::open(name.chip.c_str(), O_RDWR | O_CLOEXEC));
    if (!chip.is_open()) {
        Error error = os_error("open", name.chip, errno);
        error.remedy = chips();
        return error;
    }
    gpio_v2_line_request wanted{};
    wanted.offsets[0] = name.line;
    wanted.num_lines = 1;
    wanted.config.flags = GPIO_V2_LINE_FLAG_OUTPUT;
    std::copy_n(consumer.begin(), std::min(consumer.size(), sizeof wanted.consumer - 1),
                static_cast<char*>(wanted.consumer));
    if (::ioctl(chip.get(), GPIO_V2_GET_LINE_IOCTL, &wanted) < 0) {
        const int number = errno;
        Error error = os_error("take line " + std::to_string(name.line) + " of", name.chip, number);
        error.remedy = number == ENOTTY  ? "it is no GPIO chip; " + chips()
                       : number == EBUSY ? "another program has the line (gpioinfo shows which)"
                                         : "`gpioinfo` lists the lines";
        return error;
    }
    return Descriptor(wanted.fd);
}

}  // namespace

Outcome<OutputLine> OutputLine::open(const std::string& name, const std::string& consumer) {
    VERGE_ASSIGN(const LineName parsed, parse(name));
    if (!parsed.is_file) {
        VERGE_ASSIGN(Descriptor line, request(parsed, consumer));
        return OutputLine(parsed.chip, std::move(line));
    }
    OutputLine line(parsed.chip, Descriptor());
    VERGE_CHECK(line.set(false));
    return line;
}

Done OutputLine::set(bool is_high) {
    if (!line_.is_open()) {
        return write_text_atomically(path_, is_high ? "1\n" : "0\n");
    }
    gpio_v2_line_values values{};
    values.mask = 1;
    values.bits = is_high ? 1 : 0;
    if (::ioctl(line_.get(), GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0) {
        return os_error("switch a line of", path_, errno);
    }
    return done();
}

}  // namespace verge::platform
