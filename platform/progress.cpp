// Draws and wipes the progress line.

#include "platform/progress.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <unistd.h>

#include "platform/descriptor.hpp"
#include "platform/machine.hpp"

namespace verge::platform {
namespace {

constexpr std::uint64_t kRedrawNs = 100'000'000;
constexpr std::uint64_t kFirstDrawNs = 200'000'000;  // short work shows nothing
constexpr std::uint64_t kNsPerSecond = 1'000'000'000;
constexpr std::uint64_t kBarCells = 20;
constexpr double kPercent = 100.0;

double share(std::uint64_t done, std::uint64_t total) {
    return static_cast<double>(std::min(done, total)) / static_cast<double>(total);
}

}  // namespace

std::string progress_line(const std::string& label,
                          std::uint64_t done,
                          std::uint64_t total,
                          std::uint64_t spent_ns) {
    if (total == 0) {
        return label + "  " + std::to_string(done);
    }
    const double part = share(done, total);
    const auto filled = static_cast<std::size_t>(part * static_cast<double>(kBarCells));
    std::string text =
        label + "  [" + std::string(filled, '#') + std::string(kBarCells - filled, '.') + "]  ";
    text += std::to_string(static_cast<int>(part * kPercent)) + "%  ";
    text += std::to_string(done) + "/" + std::to_string(total);
    if (done > 0 && spent_ns >= kNsPerSecond) {
        const double left_ns = static_cast<double>(spent_ns) * (1.0 / part - 1.0);
        text += "  " +
                std::to_string(
                    static_cast<std::uint64_t>(left_ns / static_cast<double>(kNsPerSecond)) + 1) +
                " s left";
    }
    return text;
}

Progress::Progress(std::string label, std::uint64_t total, ProgressSink sink)
    : label_(std::move(label)),
      total_(total),
      sink_(sink),
      start_ns_(sink.visible ? sink.clock->now_ns() : 0),
      next_ns_(start_ns_ + kFirstDrawNs) {}

Progress::~Progress() {
    if (drawn_) {
        draw("");
    }
}

void Progress::update(std::uint64_t done) {
    if (!sink_.visible) {
        return;
    }
    const std::uint64_t now_ns = sink_.clock->now_ns();
    if (now_ns < next_ns_) {
        return;
    }
    next_ns_ = now_ns + kRedrawNs;
    drawn_ = true;
    draw(progress_line(label_, done, total_, now_ns - start_ns_));
}

void Progress::draw(const std::string& text) {
    const std::string line = "\r\033[K" + text;
    if (!write_all(sink_.descriptor, std::as_bytes(std::span(line)), "standard error").ok()) {
        sink_.visible = false;
    }
}

ProgressSink standard_error_sink(const Clock& clock) {
    return {.descriptor = STDERR_FILENO, .visible = is_terminal(STDERR_FILENO), .clock = &clock};
}

}  // namespace verge::platform
