#pragma once
// This machine and this process: cores, processor, memory, our own path, terminal, and the folders
// that may be used for caches and temporary files.

#include <cstdint>
#include <string>

#include "base/outcome.hpp"

namespace verge::platform {

/// Cores that this process may use (its affinity), at least 1.
[[nodiscard]] unsigned core_count();

/// The processor as the kernel names it, such as "Intel(R) Xeon(R) Platinum 8481C", or the
/// architecture when it has no name.
[[nodiscard]] std::string cpu_model_name();

/// The most memory that this process has held so far (resident set), in bytes.
[[nodiscard]] std::uint64_t peak_rss_bytes();

/// The memory that this machine has, in bytes; at least 1.
[[nodiscard]] std::uint64_t physical_memory_bytes();

/// Where this program lies.
[[nodiscard]] Outcome<std::string> executable_path();

/// $XDG_CACHE_HOME/verge, or ~/.cache/verge; created when it does not exist.
[[nodiscard]] Outcome<std::string> cache_folder();

/// Creates `path` and what is above it where it does not exist, for this user alone (mode 0700).
/// The Error says also when it is there and others may write into it: what lies there is not to be
/// trusted.
[[nodiscard]] Done create_private_folder(const std::string& path);

/// Whether a person looks at this descriptor.
[[nodiscard]] bool is_terminal(int descriptor);

/// Whether to colour what goes to this descriptor: a terminal other than "dumb", and NO_COLOR
/// (no-color.org) unset or empty.
[[nodiscard]] bool wants_colour(int descriptor);

/// A folder under $TMPDIR (or the system's), removed with all it holds when this object goes, and
/// on Ctrl-C.
class TemporaryFolder {
public:
    [[nodiscard]] static Outcome<TemporaryFolder> create();

    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}

    std::string path_;
};

}  // namespace verge::platform
