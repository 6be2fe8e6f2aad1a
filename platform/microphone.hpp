#pragma once
// A microphone of this machine, through ALSA. Only programs that listen link this
// (verge_microphone): everything else stays free of ALSA.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/outcome.hpp"

namespace verge::platform {

/// One channel, 16 bits, `rate` samples a second; ALSA converts where the device cannot.
class Microphone {
public:
    /// `device` as ALSA names them: "default", "plughw:1,0". Errors say whether there is none, or
    /// somebody else has it.
    static Outcome<Microphone> open(const std::string& device, std::uint32_t rate);

    Microphone(Microphone&&) noexcept;
    Microphone& operator=(Microphone&&) noexcept;
    Microphone(const Microphone&) = delete;
    Microphone& operator=(const Microphone&) = delete;
    ~Microphone();

    /// Waits for samples and gives at most `into.size()`; 0: the process was asked to stop
    /// (interrupted()). An Error when the device went away.
    [[nodiscard]] Outcome<std::size_t> read(std::span<std::int16_t> into);

    /// How often the program was too slow and samples were lost.
    [[nodiscard]] std::uint32_t overruns() const;

private:
    struct State;
    explicit Microphone(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace verge::platform
