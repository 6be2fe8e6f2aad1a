// A firmware that is one front end and a second of synthetic sound: says on the console how many
// frames came, the hash of all features, and what memory it took. One counted interval a frame.
// VERGE_FRONT_END is the front end's table.

#include <array>
#include <cstddef>
#include <cstdint>

#include "ports/board.hpp"
#include "ports/common/start.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"
#include "signal/frontend.hpp"
#include "signal/log_mel.hpp"
#include "signal/mfcc.hpp"
#include "signal/synthetic.hpp"

namespace {

using namespace verge;
using namespace verge::signal;

void reset_nothing(std::byte* /*state*/) noexcept {}

Taken push_nothing(std::byte* /*state*/,
                   std::span<const std::int16_t> pcm,
                   std::byte* /*scratch*/,
                   FeatureVector& /*frame*/) noexcept {
    return {pcm.size(), false};
}

/// To know what the program costs without a front end.
[[maybe_unused]] constexpr FeatureSource kNothing = {.window_samples = 1,
                                                     .hop_samples = 1,
                                                     .features = 1,
                                                     .state_bytes = 0,
                                                     .scratch_bytes = 0,
                                                     .unit = 1,
                                                     .fixed = {},
                                                     .reset = reset_nothing,
                                                     .push = push_nothing,
                                                     .normalise = nullptr};

constexpr FeatureSource kSource = VERGE_FRONT_END;
constexpr std::size_t kSamples = 16000;

std::array<std::int16_t, kSamples> samples;
alignas(8) std::array<std::byte, kSource.state_bytes + 8> state;
alignas(8) std::array<std::byte, kSource.scratch_bytes + 8> scratch;

}  // namespace

int verge_main() {
    fill_chirp(samples);
    kSource.reset(state.data());
    FeatureVector frame{};
    std::uint32_t frames = 0;
    std::uint32_t hash = 0x811C9DC5U;
    for (std::span<const std::int16_t> rest = samples; !rest.empty();) {
        board::count_begin();
        const Taken taken = kSource.push(state.data(), rest, scratch.data(), frame);
        if (taken.frame) {
            board::count_end();
            ++frames;
            hash = fnv1a(std::span<const std::int16_t>(frame.values).first(kSource.features), hash);
        }
        rest = rest.subspan(taken.samples);
    }
    board::put_register("frames", frames);
    board::put_register("hash", hash);
    board::put_register("state", kSource.state_bytes);
    board::put_register("scratch", kSource.scratch_bytes);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}
