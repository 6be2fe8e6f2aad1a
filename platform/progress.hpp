#pragma once
// One line on standard error that tells how far long work has come. Not drawn into a pipe or file.

#include <cstdint>
#include <string>

#include "platform/clock.hpp"

namespace verge::platform {

/// Where and when the line is drawn. `clock` must outlive the Progress.
struct ProgressSink {
    int descriptor = 2;
    bool visible = false;  // is_terminal(descriptor), unless a test wants to see it
    const Clock* clock = nullptr;
};

/// The text of the line: "reading  [#####...............]  25%  12/48  9 s left".
/// `total` 0: the end is not known, only `done` is shown.
[[nodiscard]] std::string progress_line(const std::string& label,
                                        std::uint64_t done,
                                        std::uint64_t total,
                                        std::uint64_t spent_ns);

/// Redraws at most ten times a second; wipes the line when it goes.
class Progress {
public:
    Progress(std::string label, std::uint64_t total, ProgressSink sink);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// Cheap when there is nothing to draw.
    void update(std::uint64_t done);

private:
    void draw(const std::string& text);

    std::string label_;
    std::uint64_t total_;
    ProgressSink sink_;
    std::uint64_t start_ns_;
    std::uint64_t next_ns_ = 0;
    bool drawn_ = false;
};

/// A Progress on standard error, when a person looks at it.
[[nodiscard]] ProgressSink standard_error_sink(const Clock& clock);

}  // namespace verge::platform
