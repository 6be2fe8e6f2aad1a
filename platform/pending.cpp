// The one list of pending things. It is process-wide because a signal is.

#include "platform/pending.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace verge::platform {
namespace {

constexpr int kMostAttempts = 1000;

struct Pending {
    std::mutex lock;
    std::vector<std::string> files;
    std::vector<std::string> folders;
    std::vector<pid_t> groups;
    unsigned long next_number = 0;
};

/// Never destroyed: the interrupt thread may need it while the process ends.
Pending& pending() {
    static Pending& list = *new Pending;
    return list;
}

template <typename T>
void forget(std::vector<T>& list, const T& entry) {
    list.erase(std::remove(list.begin(), list.end(), entry), list.end());
}

void remove_tree(const std::string& path) noexcept {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

/// The folder is missing, or is there and takes no files (as /proc), or is no folder.
Error cannot_create_in(const std::string& target) {
    const std::filesystem::path parent = std::filesystem::path(target).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    std::error_code ignored;
    const bool exists = std::filesystem::exists(folder, ignored);
    const bool is_folder = std::filesystem::is_directory(folder, ignored);
    const std::string what = is_folder ? "the folder '" + folder + "' takes no new files"
                             : exists  ? "'" + folder + "' is no folder"
                                       : "there is no folder '" + folder + "'";
    return Error{Code::io, what, "a file in a folder that you may write to",
                 exists ? "choose another path" : "create it first"}
        .within(target);
}

}  // namespace

Error cannot_create(const std::string& target, int number) {
    if (number == ENOENT || number == ENOTDIR) {
        return cannot_create_in(target);
    }
    if (number == EACCES || number == EPERM || number == EROFS) {
        return Error{Code::io, "there is no permission to write it",
                     "a folder that you may write to",
                     "see `ls -ld` for the owner and mode of its folder"}
            .within(target);
    }
    return os_error("create", target, number);
}

Outcome<PendingFile> PendingFile::create_beside(const std::string& target, mode_t mode) {
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        std::string name = target + ".partial-" + std::to_string(::getpid()) + "-" +
                           std::to_string(all.next_number++);
        Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (file.is_open()) {
            all.files.push_back(name);
            return PendingFile(std::move(file), std::move(name));
        }
        if (errno != EEXIST) {
            return cannot_create(target, errno);
        }
    }
    return os_error("create", target, EEXIST);
}

PendingFile::~PendingFile() {
    if (path_.empty()) {
        return;
    }
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    ::unlink(path_.c_str());
    forget(all.files, path_);
}

Outcome<std::string> create_pending_folder(std::string pattern) {
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    if (::mkdtemp(pattern.data()) == nullptr) {
        return os_error("create a folder like", pattern, errno);
    }
    all.folders.push_back(pattern);
    return pattern;
}

void remove_pending_folder(const std::string& path) noexcept {
    remove_tree(path);
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    forget(all.folders, path);
}

pid_t spawn_pending_group(const std::function<pid_t()>& spawn) {
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    const pid_t group = spawn();
    if (group > 0) {
        all.groups.push_back(group);
    }
    return group;
}

void forget_pending_group(pid_t group) noexcept {
    Pending& all = pending();
    const std::lock_guard hold(all.lock);
    forget(all.groups, group);
}

void clean_up_all_pending_for_good() noexcept {
    Pending& all = pending();
    all.lock.lock();
    for (const pid_t group : all.groups) {
        ::kill(-group, SIGKILL);
    }
    for (const std::string& file : all.files) {
        ::unlink(file.c_str());
    }
    for (const std::string& folder : all.folders) {
        remove_tree(folder);
    }
}

}  // namespace verge::platform
