// libFLAC asks for bytes and hands over blocks of samples; this file is the two hands.

#include "formats/wav/flac.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <FLAC/stream_decoder.h>

#include "formats/wav/wav.hpp"

namespace verge::wav {
namespace {

struct State {
    std::span<const std::byte> left;
    FlacLimits limits;
    Audio audio = {};
    std::uint64_t announced_frames = 0;  // 0: the file does not say
    std::string problem = {};
};

State& state_of(void* client) {
    return *static_cast<State*>(client);
}

FLAC__StreamDecoderReadStatus give_bytes(const FLAC__StreamDecoder* /*decoder*/,
                                         FLAC__byte* into,
                                         std::size_t* bytes,
                                         void* client) {
    State& state = state_of(client);
    *bytes = std::min(*bytes, state.left.size());
    if (*bytes == 0) {
        return FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
    }
    std::memcpy(into, state.left.data(), *bytes);
    state.left = state.left.subspan(*bytes);
    return FLAC__STREAM_DECODER_READ_STATUS_CONTINUE;
}

/// Why this block cannot follow the others; empty: it can.
std::string trouble_with(const FLAC__FrameHeader& header, const State& state) {
    const Audio& audio = state.audio;
    if (!audio.samples.empty() &&
        (header.sample_rate != audio.sample_rate || header.channels != audio.channels)) {
        return "the rate or the number of channels changes within the file";
    }
    if (audio.samples.size() + std::uint64_t{header.blocksize} * header.channels >
        state.limits.samples) {
        return "the file holds more than " + std::to_string(state.limits.samples) + " samples";
    }
    if (header.sample_rate == 0) {
        return "the file gives no sample rate";
    }
    return {};
}

FLAC__StreamDecoderWriteStatus take_block(const FLAC__StreamDecoder* /*decoder*/,
                                          const FLAC__Frame* frame,
                                          const FLAC__int32* const channels[],
                                          void* client) {
    State& state = state_of(client);
    const FLAC__FrameHeader& header = frame->header;
    state.problem = trouble_with(header, state);
    if (!state.problem.empty()) {
        return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
    }
    state.audio.sample_rate = header.sample_rate;
    state.audio.channels = header.channels;
    const auto full_scale = static_cast<float>(std::uint64_t{1} << (header.bits_per_sample - 1U));
    for (unsigned i = 0; i < header.blocksize; ++i) {
        for (unsigned channel = 0; channel < header.channels; ++channel) {
            state.audio.samples.push_back(static_cast<float>(channels[channel][i]) / full_scale);
        }
    }
    return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

void note_length(const FLAC__StreamDecoder* /*decoder*/,
                 const FLAC__StreamMetadata* metadata,
                 void* client) {
    if (metadata->type == FLAC__METADATA_TYPE_STREAMINFO) {
        State& state = state_of(client);
        state.announced_frames = metadata->data.stream_info.total_samples;
        state.audio.sample_rate = metadata->data.stream_info.sample_rate;
        state.audio.channels = metadata->data.stream_info.channels;
    }
}

void note_error(const FLAC__StreamDecoder* /*decoder*/,
                FLAC__StreamDecoderErrorStatus status,
                void* client) {
    State& state = state_of(client);
    if (state.problem.empty()) {
        state.problem =
            std::string("a frame is broken (") + FLAC__StreamDecoderErrorStatusString[status] + ")";
    }
}

using Decoder = std::unique_ptr<FLAC__StreamDecoder, decltype(&FLAC__stream_decoder_delete)>;

/// Runs the decoder over the whole file; what went wrong stands in state.problem.
void decode(State& state) {
    const Decoder decoder(FLAC__stream_decoder_new(), &FLAC__stream_decoder_delete);
    if (decoder == nullptr) {
        state.problem = "there is no memory for the decoder";
        return;
    }
    FLAC__stream_decoder_set_md5_checking(decoder.get(), 1);
    const auto started =
        FLAC__stream_decoder_init_stream(decoder.get(), &give_bytes, nullptr, nullptr, nullptr,
                                         nullptr, &take_block, &note_length, &note_error, &state);
    bool is_whole = started == FLAC__STREAM_DECODER_INIT_STATUS_OK;
    while (is_whole && state.problem.empty() &&
           FLAC__stream_decoder_get_state(decoder.get()) != FLAC__STREAM_DECODER_END_OF_STREAM) {
        is_whole = FLAC__stream_decoder_process_single(decoder.get()) != 0;
    }
    const bool md5_is_right = FLAC__stream_decoder_finish(decoder.get()) != 0;
    if (state.problem.empty() && !(is_whole && md5_is_right)) {
        state.problem = is_whole ? "the samples differ from their MD5" : "the decoder stopped";
    }
}

}  // namespace

Outcome<Audio> read_flac(std::span<const std::byte> file, FlacLimits limits) {
    if (file.size() < 4 || std::memcmp(file.data(), "fLaC", 4) != 0) {
        return bad_input("the file does not begin as a FLAC file does", "fLaC");
    }
    State state{file, limits};
    decode(state);
    if (!state.problem.empty()) {
        return bad_input(std::move(state.problem), "a whole FLAC file", "copy or encode it again");
    }
    if (state.audio.channels == 0 || state.audio.sample_rate == 0) {
        return bad_input("the file ends before its first frame", "a whole FLAC file",
                         "copy or encode it again");
    }
    if (state.announced_frames != 0 && state.announced_frames != state.audio.frames()) {
        return bad_input("the file ends after " + std::to_string(state.audio.frames()) + " frames",
                         std::to_string(state.announced_frames) + ", as its beginning says",
                         "copy it again");
    }
    return std::move(state.audio);
}

Outcome<Audio> read_audio(std::span<const std::byte> file) {
    const std::string_view begin(reinterpret_cast<const char*>(file.data()),
                                 std::min<std::size_t>(file.size(), 4));
    if (begin == "fLaC") {
        return read_flac(file);
    }
    if (begin.starts_with("RI") || begin == "RF64" || begin == "BW64") {
        return read_wav(file);
    }
    return bad_input("the file begins neither as a WAV nor as a FLAC file", "RIFF or fLaC",
                     begin == "OggS" ? "convert the Ogg file to FLAC or WAV" : "");
}

}  // namespace verge::wav
