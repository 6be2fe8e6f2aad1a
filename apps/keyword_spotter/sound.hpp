#pragma once
// Where a spotter's samples come from: recordings, folders of them, standard input, a microphone.
// Hosted.

#include <functional>
#include <string>
#include <vector>

#include "apps/keyword_spotter/listening.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

/// Samples of 16 kHz, one channel, 16 bits, whatever the source has.
struct Sound {
    SampleSource read;        // 0 at the end, or when the process was asked to stop
    bool is_endless = false;  // a microphone or standard input
    std::string remark;       // for people: what was converted; may be empty
    std::function<std::uint32_t()> overruns = [] { return 0U; };  // how often samples were lost
};

/// `name`: a WAV or FLAC file, `-` (raw samples on standard input), or `alsa:DEVICE`.
Outcome<Sound> open_sound(const std::string& name);

/// Every WAV and FLAC file of a folder and those below it, sorted; any other name is the answer
/// itself. An Error when a folder holds none.
Outcome<std::vector<std::string>> sound_files(const std::string& name);

}  // namespace verge::spotter
