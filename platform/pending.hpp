#pragma once
// What must not outlive an interrupt: unfinished files, temporary folders, running child processes.
// They are created under one lock, so that the clean-up of interrupt.cpp misses none.

#include <functional>
#include <string>

#include <sys/types.h>

#include "base/outcome.hpp"
#include "platform/descriptor.hpp"

namespace verge::platform {

/// A file under construction beside its target. Unless it was renamed, it goes with this object.
class PendingFile {
public:
    /// Creates `<target>.partial-<process>-<number>`, open for writing.
    [[nodiscard]] static Outcome<PendingFile> create_beside(const std::string& target, mode_t mode);

    PendingFile(PendingFile&& other) noexcept
        : file_(std::move(other.file_)), path_(std::exchange(other.path_, {})) {}

    PendingFile& operator=(PendingFile&& other) noexcept = delete;
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;
    ~PendingFile();

    [[nodiscard]] const std::string& path() const { return path_; }

    [[nodiscard]] int descriptor() const { return file_.get(); }

private:
    PendingFile(Descriptor file, std::string path)
        : file_(std::move(file)), path_(std::move(path)) {}

    Descriptor file_;
    std::string path_;
};

/// Why `target` cannot be created; `number` is an errno.
[[nodiscard]] Error cannot_create(const std::string& target, int number);

/// Runs mkdtemp on `pattern` (ends in XXXXXX) and registers the folder.
[[nodiscard]] Outcome<std::string> create_pending_folder(std::string pattern);

/// Removes the folder with all it holds, and its registration.
void remove_pending_folder(const std::string& path) noexcept;

/// Calls `spawn` (gives the new process group, or -1) and registers the group.
pid_t spawn_pending_group(const std::function<pid_t()>& spawn);

/// The group has ended and was waited for.
void forget_pending_group(pid_t group) noexcept;

/// Kills the groups, removes files and folders. The lock stays taken: the process is about to end,
/// and nothing new may be created meanwhile.
void clean_up_all_pending_for_good() noexcept;

}  // namespace verge::platform
