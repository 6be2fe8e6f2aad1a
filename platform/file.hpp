#pragma once
// Files as the command line uses them: read whole, mapped, streamed, and written so that a reader
// never sees half a file. `-` is standard input or standard output.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"
#include "platform/descriptor.hpp"

namespace verge::platform {

inline constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

/// Opens `path` (`-`: standard input) for reading. Errors say whether it is missing (and which file
/// beside it has a similar name), a folder, or closed to us.
[[nodiscard]] Outcome<Descriptor> open_for_reading(const std::string& path);

/// All bytes of a file, a pipe or standard input (`-`); an empty file gives no bytes. More than
/// `limit_bytes` is an error, and is noticed before the memory is taken.
[[nodiscard]] Outcome<std::vector<std::byte>> read_file(const std::string& path,
                                                        std::uint64_t limit_bytes = kNoLimit);

/// The same as text.
[[nodiscard]] Outcome<std::string> read_text_file(const std::string& path,
                                                  std::uint64_t limit_bytes = kNoLimit);

/// Writes beside `path`, syncs, renames over it: afterwards there is the old file or the new one,
/// never a part, also when the process is interrupted (see interrupt.hpp). Follows a symbolic link,
/// keeps the permissions of a file it replaces, and writes straight into what is no regular file
/// (`-`: standard output, a device, a pipe).
[[nodiscard]] Done write_file_atomically(const std::string& path, std::span<const std::byte> bytes);

[[nodiscard]] Done write_text_atomically(const std::string& path, std::string_view text);

/// The folder, created where only the last component of its path is missing. Errors say whether a
/// file is there, or the folder around it is missing.
[[nodiscard]] Done create_folder(const std::string& path);

/// A file's bytes, mapped read-only; the first one lies at a multiple of the page size (so of 64).
/// What cannot be mapped (a pipe, `-`) is read into such memory instead. Somebody who cuts the file
/// short while it is mapped makes a later read end the process, as with every mapping.
class MappedFile {
public:
    [[nodiscard]] static Outcome<MappedFile> open(const std::string& path,
                                                  std::uint64_t limit_bytes = kNoLimit);

    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    /// Valid as long as this object (a move keeps it valid).
    [[nodiscard]] std::span<const std::byte> bytes() const { return {base_, size_}; }

private:
    MappedFile(const std::byte* base, std::size_t size) : base_(base), size_(size) {}

    static Outcome<MappedFile> map(const Descriptor& file,
                                   std::uint64_t size,
                                   std::string_view path);
    static Outcome<MappedFile> copy(std::span<const std::byte> bytes, std::string_view path);

    const std::byte* base_ = nullptr;
    std::size_t size_ = 0;
};

/// A file, pipe or standard input read piece by piece: for input that may never end.
class InputStream {
public:
    [[nodiscard]] static Outcome<InputStream> open(const std::string& path);

    /// Waits for at least one byte and gives what is there, at most `into.size()`; 0 is the end,
    /// or that the process was asked to stop (interrupted()).
    [[nodiscard]] Outcome<std::size_t> read(std::span<std::byte> into);

private:
    InputStream(Descriptor file, std::string path)
        : file_(std::move(file)), path_(std::move(path)) {}

    Descriptor file_;
    std::string path_;
};

}  // namespace verge::platform
