#pragma once
// Memory that starts on a cache line.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <string>

#include "base/outcome.hpp"

namespace verge::fast {

/// Zeroed bytes whose first one lies on a multiple of 64. Move-only. Large ones take memory of the
/// machine only where they are touched.
class AlignedBytes {
public:
    AlignedBytes() = default;

    /// Where there is no memory it throws, as containers do; zeroed() does not.
    explicit AlignedBytes(std::size_t size) : AlignedBytes(reserve(size), size) {
        if (memory_ == nullptr) {
            throw std::bad_alloc();
        }
    }

    explicit AlignedBytes(std::span<const std::byte> bytes) : AlignedBytes(bytes.size()) {
        std::ranges::copy(bytes, data());
    }

    /// The same where a size from outside may be too large for this machine.
    static Outcome<AlignedBytes> zeroed(std::size_t size) {
        AlignedBytes bytes(reserve(size), size);
        if (bytes.memory_ == nullptr) {
            return Error{Code::io, "the system does not give " + std::to_string(size) + " bytes",
                         "a machine with as much free memory", "end other programs"};
        }
        return bytes;
    }

    [[nodiscard]] std::byte* data() const { return data_; }

    [[nodiscard]] std::size_t size() const { return size_; }

    [[nodiscard]] std::span<std::byte> bytes() const { return {data(), size_}; }

private:
    static constexpr std::size_t kAlignment = 64;

    struct Free {
        void operator()(std::byte* memory) const { std::free(memory); }  // NOLINT: of calloc()
    };

    using Memory = std::unique_ptr<std::byte, Free>;

    /// calloc() asks the system for large sizes, whose pages are zero until they are written.
    static Memory reserve(std::size_t size) {
        const bool fits = size <= static_cast<std::size_t>(-1) - kAlignment;
        // NOLINTNEXTLINE(cppcoreguidelines-no-malloc)
        return Memory(fits ? static_cast<std::byte*>(std::calloc(size + kAlignment, 1)) : nullptr);
    }

    AlignedBytes(Memory memory, std::size_t size) : memory_(std::move(memory)), size_(size) {
        void* first = memory_.get();
        std::size_t room = size + kAlignment;
        data_ = first == nullptr
                    ? nullptr
                    : static_cast<std::byte*>(std::align(kAlignment, size, first, room));
    }

    Memory memory_;
    std::byte* data_ = nullptr;  // in memory_
    std::size_t size_ = 0;
};

}  // namespace verge::fast
