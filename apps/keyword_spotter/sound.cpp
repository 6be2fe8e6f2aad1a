// Files are mapped and converted as they are read, so that hours of them fit.

#include "apps/keyword_spotter/sound.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "formats/wav/pcm.hpp"
#include "formats/wav/speech_stream.hpp"
#include "platform/file.hpp"
#include "platform/interrupt.hpp"
#include "platform/microphone.hpp"

namespace verge::spotter {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMicrophone = "alsa:";

/// The stream reads the mapped file.
struct Recording {
    platform::MappedFile file;
    wav::SpeechStream stream;
};

Outcome<Sound> open_file(const std::string& path) {
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    auto stream = wav::SpeechStream::open(file.bytes());
    if (!stream.ok()) {
        return std::move(stream).error().within(path);
    }
    // Shared because a std::function is copyable.
    const auto recording =
        std::make_shared<Recording>(Recording{std::move(file), std::move(stream).value()});
    Sound sound;
    if (recording->stream.sample_rate() != signal::kSampleRateHz ||
        recording->stream.channels() != 1) {
        sound.remark = path + " has " + std::to_string(recording->stream.sample_rate()) +
                       " Hz and " + std::to_string(recording->stream.channels()) +
                       " channels; resampled to 16000 Hz, one channel";
    }
    sound.read = [recording, path](std::span<std::int16_t> into) -> Outcome<std::size_t> {
        if (platform::interrupted()) {
            return std::size_t{0};
        }
        auto count = recording->stream.read(into);
        return count.ok() ? std::move(count)
                          : Outcome<std::size_t>(std::move(count).error().within(path));
    };
    return sound;
}

/// Raw samples on standard input; a file that was piped here would be heard as noise.
class RawInput {
public:
    explicit RawInput(platform::InputStream stream) : stream_(std::move(stream)) {}

    Outcome<std::size_t> read(std::span<std::byte> into) {
        VERGE_ASSIGN(const std::size_t count, stream_.read(into));
        const std::string_view start(reinterpret_cast<const char*>(into.data()),
                                     std::min(count, std::size_t{4}));
        if (std::exchange(is_at_start_, false) && (start == "RIFF" || start == "fLaC")) {
            return bad_input("it begins like a " + std::string(start == "RIFF" ? "WAV" : "FLAC") +
                                 " file",
                             "raw 16 kHz 16-bit samples", "give the name of the file in place of -")
                .within("standard input");
        }
        return count;
    }

private:
    platform::InputStream stream_;
    bool is_at_start_ = true;
};

Outcome<Sound> open_standard_input() {
    VERGE_ASSIGN(platform::InputStream opened, platform::InputStream::open("-"));
    const auto stream = std::make_shared<RawInput>(std::move(opened));
    const auto reader = std::make_shared<wav::PcmReader>(
        [stream](std::span<std::byte> into) { return stream->read(into); });
    Sound sound;
    sound.is_endless = true;
    sound.read = [reader](std::span<std::int16_t> into) -> Outcome<std::size_t> {
        return platform::interrupted() ? Outcome<std::size_t>(std::size_t{0}) : reader->read(into);
    };
    return sound;
}

Outcome<Sound> open_microphone(const std::string& device) {
    VERGE_ASSIGN(platform::Microphone opened,
                 platform::Microphone::open(device, signal::kSampleRateHz));
    const auto microphone = std::make_shared<platform::Microphone>(std::move(opened));
    Sound sound;
    sound.is_endless = true;
    sound.read = [microphone](std::span<std::int16_t> into) { return microphone->read(into); };
    sound.overruns = [microphone] { return microphone->overruns(); };
    return sound;
}

bool is_sound_file(const fs::path& path) {
    std::string ending = path.extension().string();
    std::ranges::transform(ending, ending.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return ending == ".wav" || ending == ".flac";
}

}  // namespace

Outcome<Sound> open_sound(const std::string& name) {
    if (name == "-") {
        return open_standard_input();
    }
    return name.starts_with(kMicrophone) ? open_microphone(name.substr(kMicrophone.size()))
                                         : open_file(name);
}

Outcome<std::vector<std::string>> sound_files(const std::string& name) {
    std::error_code failure;
    if (!fs::is_directory(name, failure)) {
        return std::vector<std::string>{name};
    }
    std::vector<std::string> files;
    for (auto entry = fs::recursive_directory_iterator(name, failure);
         !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && is_sound_file(entry->path())) {
            files.push_back(entry->path().string());
        }
    }
    if (failure) {
        return Error{Code::io, "the folder cannot be read: " + failure.message(), {}, {}}.within(
            name);
    }
    if (files.empty()) {
        return bad_input("the folder holds no recording", "files that end in .wav or .flac")
            .within(name);
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace verge::spotter
