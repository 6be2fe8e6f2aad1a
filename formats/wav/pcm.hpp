#pragma once
// Raw 16-bit little-endian PCM that arrives in pieces, such as from a recorder on standard input.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/outcome.hpp"

namespace verge::wav {

/// Puts bytes into the span and says how many; 0 is the end. platform::InputStream::read is one.
using ByteSource = std::function<Outcome<std::size_t>(std::span<std::byte>)>;

/// Turns the bytes of a source into samples; pieces may end in the middle of one.
class PcmReader {
public:
    explicit PcmReader(ByteSource source) : source_(std::move(source)) {}

    /// Fills `into`; fewer only when the stream ended, 0 from then on. A last odd byte is an error,
    /// reported after all whole samples were handed out.
    [[nodiscard]] Outcome<std::size_t> read(std::span<std::int16_t> into);

    /// Samples handed out so far.
    [[nodiscard]] std::uint64_t position() const { return position_; }

private:
    ByteSource source_;
    std::vector<std::byte> bytes_;
    std::size_t held_ = 0;  // bytes at the front of bytes_ that are no whole sample yet
    std::uint64_t position_ = 0;
    bool is_at_end_ = false;
};

}  // namespace verge::wav
