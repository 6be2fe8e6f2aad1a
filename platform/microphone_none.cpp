// A build without ALSA: there is no microphone, and the Error says how to get one.

#include "platform/microphone.hpp"

namespace verge::platform {

struct Microphone::State {};

Microphone::Microphone(std::unique_ptr<State> state) : state_(std::move(state)) {}

Microphone::Microphone(Microphone&&) noexcept = default;
Microphone& Microphone::operator=(Microphone&&) noexcept = default;
Microphone::~Microphone() = default;

Outcome<Microphone> Microphone::open(const std::string& device, std::uint32_t /*rate*/) {
    return unsupported("this program was built without ALSA", "",
                       "apt-get install libasound2-dev and build again; a file or - (standard "
                       "input) needs no microphone")
        .within("microphone '" + device + "'");
}

Outcome<std::size_t> Microphone::read(std::span<std::int16_t> /*into*/) {
    return std::size_t{0};
}

std::uint32_t Microphone::overruns() const {
    return 0;
}

}  // namespace verge::platform
