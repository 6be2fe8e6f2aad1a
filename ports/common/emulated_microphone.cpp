// The microphone of every emulated board: the samples of the host's file `pcm`, each block on time
// by the board's clock, as an interrupt would bring it.

#include <algorithm>
#include <array>

#include "ports/board.hpp"
#include "ports/common/ring_buffer.hpp"
#include "ports/host_files.hpp"
#include "ports/microphone.hpp"

namespace verge::board {
namespace {

constexpr std::size_t kBlock = 320;  // samples that arrive at a time

// A driver's own memory.
RingBuffer<1024> ring;
constinit HostFile file = HostFile::none;
constinit std::uint64_t block_us = 0;
constinit std::uint64_t due_us = 0;  // when the next block is complete
constinit bool is_at_end = false;

/// What the interrupt does that comes with a complete block.
void deliver() {
    std::array<std::int16_t, kBlock> block;
    const std::size_t bytes = read_host_file(file, std::as_writable_bytes(std::span(block)));
    ring.write(std::span(block).first(bytes / sizeof(std::int16_t)));
    is_at_end = bytes < sizeof block;
    due_us += block_us;
}

}  // namespace

bool microphone_start(std::uint32_t rate_hz) {
    file = open_host_file("pcm", HostMode::read);
    block_us = rate_hz == 0 ? 0 : kBlock * 1'000'000 / rate_hz;
    due_us = now_us() + block_us;
    is_at_end = false;
    return file != HostFile::none && rate_hz != 0;
}

std::size_t microphone_read(std::span<std::int16_t> into) {
    while (!is_at_end && due_us <= now_us()) {
        deliver();  // the interrupts since the last call
    }
    if (!is_at_end && ring.peek().empty()) {
        sleep_until(due_us);
        deliver();
    }
    const std::span<const std::int16_t> samples = ring.peek();
    const std::size_t count = std::min(samples.size(), into.size());
    std::copy_n(samples.begin(), count, into.begin());
    ring.release(count);
    return count;
}

std::uint32_t microphone_stop() {
    close_host_file(file);
    file = HostFile::none;
    return ring.dropped();
}

}  // namespace verge::board
