#pragma once
// For tests: memory of exactly so many bytes on a multiple of 64. The address sanitizer sees the
// first byte that is read or written behind it.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace verge::test {

class ExactBuffer {
public:
    explicit ExactBuffer(std::size_t size = 0)
        : size_(size), data_(static_cast<std::byte*>(::operator new(size, kAlignment))) {}

    explicit ExactBuffer(std::span<const std::byte> bytes) : ExactBuffer(bytes.size()) {
        std::ranges::copy(bytes, data_.get());
    }

    [[nodiscard]] std::span<std::byte> bytes() const { return {data_.get(), size_}; }

private:
    static constexpr std::align_val_t kAlignment{64};

    struct Free {
        void operator()(std::byte* data) const { ::operator delete(data, kAlignment); }
    };

    std::size_t size_;
    std::unique_ptr<std::byte, Free> data_;
};

}  // namespace verge::test
