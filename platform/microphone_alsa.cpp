// ALSA's blocking capture, with a look at Ctrl-C twice a second.

#include <alsa/asoundlib.h>

#include "platform/interrupt.hpp"
#include "platform/microphone.hpp"

namespace verge::platform {
namespace {

constexpr unsigned kLatencyUs = 200'000;
constexpr int kPatienceMs = 500;
constexpr int kMostSilentWaits = 20;  // ten seconds without a sample

/// ALSA would print its own words on standard error.
void say_nothing(const char* /*file*/,
                 int /*line*/,
                 const char* /*function*/,
                 int /*error*/,
                 const char* /*format*/,
                 ...) {}

Error microphone_error(const std::string& device, const std::string& what, int number) {
    return Error{Code::io, what + ": " + snd_strerror(number), "",
                 "`arecord -L` lists the microphones; a file or - (standard input) needs none"}
        .within("microphone '" + device + "'");
}

}  // namespace

struct Microphone::State {
    std::string device;
    snd_pcm_t* pcm = nullptr;
    std::uint32_t overruns = 0;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    ~State() {
        if (pcm != nullptr) {
            snd_pcm_close(pcm);
        }
    }
};

Microphone::Microphone(std::unique_ptr<State> state) : state_(std::move(state)) {}

Microphone::Microphone(Microphone&&) noexcept = default;
Microphone& Microphone::operator=(Microphone&&) noexcept = default;
Microphone::~Microphone() = default;

Outcome<Microphone> Microphone::open(const std::string& device, std::uint32_t rate) {
    snd_lib_error_set_handler(&say_nothing);
    auto state = std::make_unique<State>();
    state->device = device;
    if (const int result =
            snd_pcm_open(&state->pcm, device.c_str(), SND_PCM_STREAM_CAPTURE, SND_PCM_NONBLOCK);
        result < 0) {
        state->pcm = nullptr;
        return microphone_error(
            device, result == -EBUSY ? "another program has it" : "it cannot be opened", result);
    }
    constexpr int kMayResample = 1;
    if (const int result =
            snd_pcm_set_params(state->pcm, SND_PCM_FORMAT_S16_LE, SND_PCM_ACCESS_RW_INTERLEAVED, 1,
                               rate, kMayResample, kLatencyUs);
        result < 0) {
        return microphone_error(device,
                                "it cannot deliver 16 bits, one channel, " + std::to_string(rate) +
                                    " samples a second (plughw: converts)",
                                result);
    }
    if (const int result = snd_pcm_start(state->pcm); result < 0) {
        return microphone_error(device, "it does not start", result);
    }
    return Microphone(std::move(state));
}

Outcome<std::size_t> Microphone::read(std::span<std::int16_t> into) {
    for (int waits = 0; waits < kMostSilentWaits;) {
        if (interrupted()) {
            return std::size_t{0};
        }
        const snd_pcm_sframes_t count = snd_pcm_readi(state_->pcm, into.data(), into.size());
        if (count > 0) {
            return static_cast<std::size_t>(count);
        }
        if (count == -EPIPE || count == -ESTRPIPE) {  // too slow, or the machine slept
            ++state_->overruns;
            int result = snd_pcm_recover(state_->pcm, static_cast<int>(count), 1);
            result = result < 0 ? result : snd_pcm_start(state_->pcm);
            if (result < 0) {
                return microphone_error(state_->device, "it does not start again", result);
            }
            continue;
        }
        if (count < 0 && count != -EAGAIN) {
            return microphone_error(state_->device, "it has disappeared", static_cast<int>(count));
        }
        waits = snd_pcm_wait(state_->pcm, kPatienceMs) == 0 ? waits + 1 : waits;
    }
    return microphone_error(state_->device, "it delivers nothing", -ETIMEDOUT);
}

std::uint32_t Microphone::overruns() const {
    return state_->overruns;
}

}  // namespace verge::platform
