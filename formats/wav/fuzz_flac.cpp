// libFuzzer: any bytes as a FLAC file, and what is read on its way to 16 kHz.

#include <cstdint>
#include <cstdlib>

#include "formats/wav/flac.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verge::wav;
    const auto audio = read_flac(std::as_bytes(std::span(data, size)), {.samples = 1U << 20U});
    if (!audio.ok()) {
        return 0;
    }
    if (audio.value().samples.size() % audio.value().channels != 0) {
        std::abort();
    }
    const bool is_rare = size % 64 == 0;  // the filter's table costs more than the reading
    if (is_rare && audio.value().samples.size() < 1000) {
        static_cast<void>(to_mono_16k_int16(audio.value()).ok());
    }
    return 0;
}
