#pragma once
// The keyword spotter: samples in, decisions and a lamp out. The same code on a microcontroller and
// on Linux; integers only. No heap, no OS.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "runtime/tiny/runner.hpp"
#include "signal/feature_window.hpp"
#include "signal/smoothing.hpp"
#include "signal/voice_activity.hpp"

namespace verge::spotter {

inline constexpr std::uint32_t kMaxFrames = 256;  // of the model's window
inline constexpr std::uint8_t kNoLabel = 255;
inline constexpr std::size_t kMaxHistoryBytes = 256;  // classes times smoothing frames

/// How the spotter listens. The defaults are those of models/keywords_yes_no/settings.json.
struct Settings {
    std::uint32_t stride_frames = 2;  // frames of the front end between two inferences
    std::uint32_t window_frames = 0;  // of a streamed model, which takes stride_frames; else 0
    std::uint8_t switches_on = 2;     // the class that switches the lamp on, or kNoLabel
    std::uint8_t switches_off = 3;    // the class that switches it off
    signal::SmoothingSettings smoothing = {.suppression_ms = 1000,
                                           .quiet_classes = 0b0011,
                                           .classes = 4,
                                           .frames = 8,
                                           .minimum_frames = 6,
                                           .triggers = signal::same_for_all({200, 100})};
    signal::GateSettings gate = {.ratio = 0, .hangover_ms = 1500};
    signal::FeatureScale scale =
        {};  // of the model's input; not for front ends that have their own
};

/// What one inference said.
struct Heard {
    std::uint32_t time_ms;  // of the stream: the last sample of the window
    signal::Decision decision;
    bool is_lit;                                             // the lamp, after this decision
    bool has_switched;                                       // the lamp changed now
    bool is_awake;                                           // the network ran: the gate is open
    std::array<std::uint8_t, signal::kMaxClasses> averages;  // smoothed posteriors, in 1/256
};

/// One stream. Plain data in the caller's memory (it holds addresses: do not copy it while in use).
class Spotter {
public:
    /// Memory for start(), aligned to 8, for a model that takes `frames` frames.
    [[nodiscard]] static constexpr std::uint32_t memory_bytes(const signal::FeatureSource& source,
                                                              std::uint32_t frames) {
        return signal::FeatureWindow::bytes(source, frames);
    }

    /// `runner` has one s8 input of whole frames of `source` and one s8, u8 or f32 output of
    /// `classes` posteriors, from 0 to 1 (s8: zero point -128, u8: 0, both in steps of about
    /// 1/256). A model with a state of its own takes frames once: stride_frames is what it takes.
    /// All three outlive the Spotter. The Fault says what is not so.
    Fault start(tiny::Runner& runner,
                const signal::FeatureSource& source,
                const Settings& settings,
                std::span<std::byte> memory);

    /// Takes samples until an inference was due (then `heard` is written and Taken::frame is true)
    /// or all are used. Call again with the rest. While the gate is closed the network sleeps
    /// through its turns; the window of features goes on filling, so that it misses nothing once
    /// the gate opens. A model with a state of its own never sleeps.
    signal::Taken push(std::span<const std::int16_t> pcm, Heard& heard) noexcept;

    /// How loud it is, and how loud the room by itself.
    [[nodiscard]] const signal::VoiceActivity& gate() const { return gate_; }

    /// The features of the last frame, for pictures.
    [[nodiscard]] const signal::FeatureVector& last_frame() const { return window_.last(); }

private:
    [[nodiscard]] bool is_due() const noexcept;
    [[nodiscard]] bool is_filling() const noexcept;
    void run() noexcept;
    void infer(Heard& heard) noexcept;
    [[nodiscard]] signal::Decision decide(std::uint32_t time_ms) noexcept;

    tiny::Runner* runner_ = nullptr;
    Settings settings_;
    plan::Type output_type_ = plan::Type::none;
    std::uint32_t window_frames_ = 0;
    std::uint32_t time_ms_ = 0;     // of the stream; wraps at 2^32, after 49 days
    std::uint32_t part_of_ms_ = 0;  // samples since
    bool is_lit_ = false;
    signal::FeatureWindow window_;
    signal::Smoother smoother_;
    signal::VoiceActivity gate_;
    std::array<std::uint8_t, kMaxHistoryBytes> history_;
};

}  // namespace verge::spotter
