// Writing: beside the target, synced, renamed. The unfinished name is registered as pending, so
// that an interrupt removes it.

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/file.hpp"
#include "platform/pending.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFileMode = 0666;  // less what the umask takes
constexpr mode_t kNewFolderMode = 0777;
constexpr mode_t kModeBits = 07777;

/// Where the link points, or the path itself when it is no link (or does not exist yet).
std::string resolved(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                           &std::free);
    return real == nullptr ? path : std::string(real.get());
}

Done write_straight(const std::string& path, std::span<const std::byte> bytes) {
    const Descriptor target(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!target.is_open()) {
        return os_error("open", path, errno);
    }
    return write_all(target.get(), bytes, path);
}

void sync_folder_of(const std::string& path) {
    const fs::path folder = fs::path(path).parent_path();
    const Descriptor opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    if (opened.is_open()) {
        ::fsync(opened.get());
    }
}

Done fill_and_rename(const PendingFile& beside,
                     const std::string& path,
                     std::span<const std::byte> bytes) {
    VERGE_CHECK(write_all(beside.descriptor(), bytes, path));
    if (::fsync(beside.descriptor()) != 0 && errno != EINVAL) {
        return os_error("write", path, errno);
    }
    if (::rename(beside.path().c_str(), path.c_str()) != 0) {
        return os_error("rename the new file over", path, errno);
    }
    sync_folder_of(path);
    return done();
}

}  // namespace

Done write_file_atomically(const std::string& path, std::span<const std::byte> bytes) {
    if (path == "-") {
        return write_all(STDOUT_FILENO, bytes, "standard output");
    }
    struct stat old{};
    const bool exists = ::stat(path.c_str(), &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
        return Error{Code::bad_input, "it is a folder", "the name of a file",
                     "add the name of a file to it"}
            .within(path);
    }
    if (exists && !S_ISREG(old.st_mode)) {
        return write_straight(path, bytes);
    }
    const std::string target = resolved(path);
    VERGE_ASSIGN(const PendingFile beside, PendingFile::create_beside(target, kNewFileMode));
    if (exists && ::fchmod(beside.descriptor(), old.st_mode & kModeBits) != 0) {
        return os_error("set the permissions of", path, errno);
    }
    return fill_and_rename(beside, target, bytes);
}

Done create_folder(const std::string& path) {
    if (::mkdir(path.c_str(), kNewFolderMode) == 0) {
        return done();
    }
    const int number = errno;
    std::error_code ignored;
    if (number == EEXIST && fs::is_directory(path, ignored)) {
        return done();
    }
    if (number == EEXIST) {
        return bad_input("it is a file", "a folder", "choose another path").within(path);
    }
    return cannot_create(path, number);
}

Done write_text_atomically(const std::string& path, std::string_view text) {
    return write_file_atomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace verge::platform
