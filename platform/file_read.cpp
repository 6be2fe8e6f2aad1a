// Reading: whole files, streams, and the error that names the file which was probably meant.

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/file.hpp"
#include "platform/interrupt.hpp"
#include "platform/similar_name.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunkBytes = std::size_t{1} << 16;
constexpr std::size_t kMostNamesLookedAt = 10000;
constexpr int kPollMs = 100;

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code problem;
    fs::directory_iterator entry(folder, problem);
    while (!problem && entry != fs::directory_iterator() && names.size() < kMostNamesLookedAt) {
        names.push_back(entry->path().filename().string());
        entry.increment(problem);
    }
    return names;
}

Error missing(const std::string& path) {
    const fs::path full(path);
    const fs::path folder = full.has_parent_path() ? full.parent_path() : fs::path(".");
    std::error_code problem;
    if (!fs::is_directory(folder, problem)) {
        return Error{Code::io, "there is no folder '" + folder.string() + "'", "the path of a file",
                     "check the path"}
            .within(path);
    }
    const std::string similar = closest_name(full.filename().string(), names_in(folder));
    std::string remedy = "`ls " + folder.string() + "` lists the files there are";
    if (!similar.empty()) {
        remedy = "did you mean '" + (full.parent_path() / similar).string() + "'?";
    }
    return Error{Code::io, "there is no such file", "the path of a file", std::move(remedy)}.within(
        path);
}

Error cannot_open(const std::string& path, int number) {
    if (number == ENOENT || number == ENOTDIR) {
        return missing(path);
    }
    if (number == EACCES || number == EPERM) {
        return Error{Code::io, "there is no permission to read it", "a file that you may read",
                     "see `ls -l` for its owner and mode"}
            .within(path);
    }
    return os_error("open", path, number);
}

Error too_large(const std::string& path, const std::string& found, std::uint64_t limit) {
    return Error{
        Code::bad_input, "it has " + found + " bytes", "at most " + std::to_string(limit), {}}
        .within(path);
}

/// The size a regular file claims, 0 for what has none; refuses a claim above the limit.
Outcome<std::size_t> claimed_size(const Descriptor& file,
                                  const std::string& path,
                                  std::uint64_t limit) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return os_error("look at", path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return std::size_t{0};
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > limit) {
        return too_large(path, std::to_string(size), limit);
    }
    return static_cast<std::size_t>(size);
}

/// Reads to the end in growing steps; T is a vector of bytes or a string.
template <typename T>
Outcome<T> read_to_end(const std::string& path, std::uint64_t limit) {
    VERGE_ASSIGN(const Descriptor file, open_for_reading(path));
    VERGE_ASSIGN(const std::size_t claimed, claimed_size(file, path, limit));
    T all;
    all.resize(claimed + 1);
    for (std::size_t used = 0;;) {
        if (used == all.size()) {
            all.resize(all.size() + std::max(kChunkBytes, all.size() / 2));
        }
        const std::span<std::byte> space = std::as_writable_bytes(std::span(all)).subspan(used);
        VERGE_ASSIGN(const std::size_t got, read_some(file.get(), space, path));
        used += got;
        if (used > limit) {
            return too_large(path, "more than " + std::to_string(limit), limit);
        }
        if (got == 0) {
            all.resize(used);
            return all;
        }
    }
}

}  // namespace

Outcome<Descriptor> open_for_reading(const std::string& path) {
    if (path == "-") {
        Descriptor input(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
        if (!input.is_open()) {
            return os_error("open", "standard input", errno);
        }
        return input;
    }
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        return cannot_open(path, errno);
    }
    struct stat status{};
    if (::fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode)) {
        return Error{Code::bad_input, "it is a folder", "a file", "name a file in it"}.within(path);
    }
    return file;
}

Outcome<std::vector<std::byte>> read_file(const std::string& path, std::uint64_t limit_bytes) {
    return read_to_end<std::vector<std::byte>>(path, limit_bytes);
}

Outcome<std::string> read_text_file(const std::string& path, std::uint64_t limit_bytes) {
    return read_to_end<std::string>(path, limit_bytes);
}

Outcome<InputStream> InputStream::open(const std::string& path) {
    VERGE_ASSIGN(Descriptor file, open_for_reading(path));
    return InputStream(std::move(file), path == "-" ? std::string("standard input") : path);
}

Outcome<std::size_t> InputStream::read(std::span<std::byte> into) {
    pollfd wait{.fd = file_.get(), .events = POLLIN, .revents = 0};
    while (!interrupted()) {
        if (::poll(&wait, 1, kPollMs) > 0) {
            return read_some(file_.get(), into, path_);
        }
    }
    return std::size_t{0};
}

}  // namespace verge::platform
