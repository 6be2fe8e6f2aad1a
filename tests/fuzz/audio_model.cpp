// The audio front end as a TensorFlow Lite model, its constants worked out by `signal`.

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include <flatbuffers/flexbuffers.h>

#include "formats/tflite/builder.hpp"
#include "signal/frontend.hpp"
#include "signal/mel.hpp"
#include "signal/pcan.hpp"
#include "signal/window.hpp"
#include "tests/fuzz/models.hpp"

namespace verge::fuzz {
namespace {

using tflite::TensorType;
using Numbers = std::map<std::string, std::int64_t>;

constexpr auto kMel = signal::mel_tables<signal::MelSpec{.channels = 40,
                                                         .sample_rate_hz = 16000,
                                                         .spectrum_size = 257,
                                                         .low_hz = 125,
                                                         .high_hz = 7500,
                                                         .alignment = 1,
                                                         .block = 1}>();
constexpr signal::GainTable kGain =
    signal::gain_table({.strength = 0.95F, .offset = 80.0F, .gain_bits = 21, .input_bits = 7});

std::vector<std::byte> flexbuffer(const Numbers& numbers) {
    flexbuffers::Builder builder;
    builder.Map([&] {
        for (const auto& [name, number] : numbers) {
            builder.Int(name.c_str(), number);
        }
    });
    builder.Finish();
    const auto bytes = std::as_bytes(std::span(builder.GetBuffer()));
    return {bytes.begin(), bytes.end()};
}

/// Adds the operators one by one, each reading what the last one wrote.
class AudioChain {
public:
    [[nodiscard]] std::vector<std::byte> make() {
        last_ = tensor(TensorType::int16, {480});
        builder_.set_inputs({last_});
        add_spectrum();
        add_channels();
        builder_.set_outputs({last_});
        return builder_.finish();
    }

private:
    void add_spectrum() {
        auto half = signal::hann_half<signal::kWindowSamples>(12);
        std::vector<std::int16_t> window(half.begin(), half.end());
        window.insert(window.end(), half.rbegin(), half.rend());
        add("SignalWindow", {last_, constant(window)}, {tensor(TensorType::int16, {480})},
            {{"shift", 12}});
        scale_ = tensor(TensorType::int32, {});
        add("SignalFftAutoScale", {last_}, {tensor(TensorType::int16, {480}), scale_}, {});
        add("SignalRfft", {last_}, {tensor(TensorType::int16, {514})},
            {{"T", 7}, {"fft_length", 512}});
        add("SignalEnergy", {last_}, {tensor(TensorType::uint32, {257})},
            {{"start_index", kMel.first_line}, {"end_index", kMel.end_line}});
    }

    void add_channels() {
        const signal::FilterBank bank = kMel.bank();
        add("SignalFilterBank",
            {last_, constant(bank.weights), constant(bank.unweights),
             constant(bank.frequency_starts), constant(bank.weight_starts), constant(bank.widths)},
            {tensor(TensorType::uint64, {40})}, {{"num_channels", 40}});
        add("SignalFilterBankSquareRoot", {last_, scale_}, {channels()}, {});
        const auto noise = channels();
        add("SignalFilterBankSpectralSubtraction", {last_}, {channels(), noise},
            {{"smoothing", 409},
             {"one_minus_smoothing", 16384 - 409},
             {"alternate_smoothing", 983},
             {"alternate_one_minus_smoothing", 16384 - 983},
             {"min_signal_remaining", 819},
             {"smoothing_bits", 10},
             {"spectral_subtraction_bits", 14},
             {"clamping", 0},
             {"num_channels", 40}});
        add("SignalPCAN", {last_, noise, constant(kGain)}, {channels()}, {{"snr_shift", 6}});
        add("SignalFilterBankLog", {last_}, {tensor(TensorType::int16, {40})},
            {{"output_scale", 64}, {"input_correction_bits", 3}});
    }

    std::int32_t tensor(TensorType type, std::vector<std::int64_t> shape) {
        return builder_.add_tensor("", type, std::move(shape));
    }

    std::int32_t channels() { return tensor(TensorType::uint32, {40}); }

    std::int32_t constant(std::span<const std::int16_t> values) {
        return builder_.add_constant("", TensorType::int16,
                                     {static_cast<std::int64_t>(values.size())},
                                     std::vector<std::int16_t>(values.begin(), values.end()));
    }

    void add(const char* name,
             std::vector<std::int32_t> inputs,
             std::vector<std::int32_t> outputs,
             const Numbers& options) {
        last_ = outputs[0];
        builder_.add_custom(name, std::move(inputs), std::move(outputs), flexbuffer(options));
    }

    tflite::ModelBuilder builder_;
    std::int32_t last_ = 0;
    std::int32_t scale_ = 0;
};

}  // namespace

std::vector<std::byte> audio_model() {
    return AudioChain().make();
}

}  // namespace verge::fuzz
