#pragma once
// Files of the machine that emulates the board, through semihosting. Only emulation firmware may
// use this: on silicon without a debugger these calls fault. Freestanding.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::board {

/// As wide as the words that the host is handed.
// NOLINTBEGIN(performance-enum-size)
enum class HostMode : std::uint32_t { read = 1, write = 5, append = 9 };

/// A file opened on the host; -1 when it could not be.
enum class HostFile : std::int32_t { none = -1 };
// NOLINTEND(performance-enum-size)

/// Opens `path` (zero-terminated, relative to the directory QEMU was started in). `write`
/// truncates.
[[nodiscard]] HostFile open_host_file(const char* path, HostMode mode);

/// Bytes of an open file, or -1.
[[nodiscard]] std::int32_t host_file_size(HostFile file);

/// Reads up to into.size() bytes; returns how many were read, 0 at the end of the file.
[[nodiscard]] std::size_t read_host_file(HostFile file, std::span<std::byte> into);

/// True when every byte of `from` was written.
[[nodiscard]] bool write_host_file(HostFile file, std::span<const std::byte> from);

void close_host_file(HostFile file);

/// Ends the emulation; `status` (0 to 255) is QEMU's exit status.
[[noreturn]] void stop(int status);

/// Exit statuses the port itself uses.
inline constexpr int kPanicStatus = 100;
inline constexpr int kFaultStatus = 101;

}  // namespace verge::board
