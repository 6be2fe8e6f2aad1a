// MappedFile: a mapping of the file, or of memory that a pipe was read into.

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>

#include "platform/file.hpp"

namespace verge::platform {

Outcome<MappedFile> MappedFile::open(const std::string& path, std::uint64_t limit_bytes) {
    VERGE_ASSIGN(const Descriptor file, open_for_reading(path));
    struct stat status{};
    if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        const auto size = static_cast<std::uint64_t>(status.st_size);
        if (size > limit_bytes) {
            return Error{Code::bad_input,
                         "it has " + std::to_string(size) + " bytes",
                         "at most " + std::to_string(limit_bytes),
                         {}}
                .within(path);
        }
        return map(file, size, path);
    }
    VERGE_ASSIGN(const std::vector<std::byte> bytes, read_file(path, limit_bytes));
    return copy(bytes, path);
}

Outcome<MappedFile> MappedFile::map(const Descriptor& file,
                                    std::uint64_t size,
                                    std::string_view path) {
    void* base = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (base == MAP_FAILED) {
        return os_error("map", path, errno);
    }
    return MappedFile(static_cast<const std::byte*>(base), size);
}

Outcome<MappedFile> MappedFile::copy(std::span<const std::byte> bytes, std::string_view path) {
    if (bytes.empty()) {
        return MappedFile();
    }
    void* base =
        ::mmap(nullptr, bytes.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) {
        return os_error("get memory for", path, errno);
    }
    std::memcpy(base, bytes.data(), bytes.size());
    ::mprotect(base, bytes.size(), PROT_READ);
    return MappedFile(static_cast<const std::byte*>(base), bytes.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : base_(std::exchange(other.base_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(base_, other.base_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (base_ != nullptr) {
        ::munmap(const_cast<std::byte*>(base_), size_);
    }
}

}  // namespace verge::platform
