// Questions to the kernel about this machine and this process.

#include "platform/machine.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "platform/descriptor.hpp"
#include "platform/file.hpp"
#include "platform/pending.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBytesPerKilobyte = 1024;  // ru_maxrss counts these
constexpr std::uint64_t kMostCpuInfoBytes = std::uint64_t{16} << 20;

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

Outcome<fs::path> cache_root() {
    const std::string_view chosen = environment("XDG_CACHE_HOME");
    if (fs::path(chosen).is_absolute()) {  // the XDG specification: a relative one is to be ignored
        return fs::path(chosen);
    }
    const std::string_view home = environment("HOME");
    if (home.empty()) {
        return Error{
            Code::io, "there is no folder for caches", "HOME or XDG_CACHE_HOME to be set", {}};
    }
    return fs::path(home) / ".cache";
}

}  // namespace

unsigned core_count() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (::sched_getaffinity(0, sizeof cores, &cores) != 0) {
        return 1;
    }
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&cores)));
}

std::string cpu_model_name() {
    const Outcome<std::string> info = read_text_file("/proc/cpuinfo", kMostCpuInfoBytes);
    constexpr std::string_view kKey = "model name";
    if (info.ok()) {
        const std::string_view text = info.value();
        const std::size_t key = text.find(kKey);
        const std::size_t colon = key == text.npos ? text.npos : text.find(": ", key);
        if (colon != text.npos) {
            const std::size_t first = colon + 2;
            return std::string(text.substr(first, text.find('\n', first) - first));
        }
    }
    utsname system{};
    return ::uname(&system) == 0 ? std::string(&system.machine[0]) : std::string("unknown");
}

std::uint64_t peak_rss_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * kBytesPerKilobyte;
}

std::uint64_t physical_memory_bytes() {
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
    return pages * static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1L));
}

Outcome<std::string> executable_path() {
    std::error_code problem;
    const fs::path path = fs::read_symlink("/proc/self/exe", problem);
    if (problem) {
        return os_error("find", "this program", problem.value());
    }
    return path.string();
}

Outcome<std::string> cache_folder() {
    VERGE_ASSIGN(const fs::path root, cache_root());
    const fs::path folder = root / "verge";
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return os_error("create", folder.string(), problem.value());
    }
    return folder.string();
}

Done create_private_folder(const std::string& path) {
    const fs::path folder(path);
    std::error_code problem;
    if (folder.has_parent_path()) {
        fs::create_directories(folder.parent_path(), problem);
    }
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return os_error("create", path, errno);
    }
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
        return os_error("look at", path, errno);
    }
    const bool is_ours = S_ISDIR(found.st_mode) && found.st_uid == ::geteuid();
    if (!is_ours || (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return Error{Code::io, "others may write there, or it is no folder",
                     "a folder that only its owner may write to", "chmod 700, or another folder"}
            .within(path);
    }
    return done();
}

bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1;
}

bool wants_colour(int descriptor) {
    return is_terminal(descriptor) && environment("NO_COLOR").empty() &&
           environment("TERM") != "dumb";
}

Outcome<TemporaryFolder> TemporaryFolder::create() {
    std::error_code problem;
    const fs::path root = fs::temp_directory_path(problem);
    if (problem) {
        return os_error("use", "the folder for temporary files (TMPDIR)", problem.value());
    }
    VERGE_ASSIGN(std::string path, create_pending_folder((root / "verge-XXXXXX").string()));
    return TemporaryFolder(std::move(path));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

TemporaryFolder::~TemporaryFolder() {
    if (!path_.empty()) {
        remove_pending_folder(path_);
    }
}

}  // namespace verge::platform
