#pragma once
// Memory that starts on a cache line.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace verge::fast {

/// Zeroed bytes whose first one lies on a multiple of 64. Move-only.
class AlignedBytes {
public:
    AlignedBytes() = default;

    explicit AlignedBytes(std::size_t size)
        : size_(size), lines_(std::make_unique<Line[]>(size / sizeof(Line) + 1)) {}

    explicit AlignedBytes(std::span<const std::byte> bytes) : AlignedBytes(bytes.size()) {
        std::ranges::copy(bytes, data());
    }

    [[nodiscard]] std::byte* data() const { return reinterpret_cast<std::byte*>(lines_.get()); }

    [[nodiscard]] std::size_t size() const { return size_; }

    [[nodiscard]] std::span<std::byte> bytes() const { return {data(), size_}; }

private:
    struct alignas(64) Line {
        std::byte bytes[64];
    };

    std::size_t size_ = 0;
    std::unique_ptr<Line[]> lines_;
};

}  // namespace verge::fast
