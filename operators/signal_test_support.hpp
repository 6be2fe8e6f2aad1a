#pragma once
// For tests of the signal operators: the audio preprocessor of micro_speech as a TFLite model, its
// constants worked out by `signal`, so that no file is needed.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <flatbuffers/flexbuffers.h>
#include <gtest/gtest.h>

#include "operators/graph_test_support.hpp"
#include "signal/frontend.hpp"
#include "signal/mel.hpp"
#include "signal/pcan.hpp"
#include "signal/window.hpp"

namespace verge::test {

using Numbers = std::map<std::string, std::int64_t>;

/// The custom options of a signal operator.
inline std::vector<std::byte> flexbuffer(const Numbers& numbers) {
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

/// Adds the operators of the preprocessor one by one, each reading what the last one wrote.
class PreprocessorModel {
public:
    PreprocessorModel() {
        const auto window =
            constant("window", mirrored(signal::hann_half<signal::kWindowSamples>(12)));
        last_ = tensor(tflite::TensorType::int16, {480});
        builder_.set_inputs({last_});
        add("SignalWindow", {last_, window}, {tensor(tflite::TensorType::int16, {480})},
            {{"shift", 12}});
        const auto scale = tensor(tflite::TensorType::int32, {});
        add("SignalFftAutoScale", {last_}, {tensor(tflite::TensorType::int16, {480}), scale}, {});
        add("SignalRfft", {last_}, {tensor(tflite::TensorType::int16, {514})},
            {{"T", 7}, {"fft_length", 512}});
        add("SignalEnergy", {last_}, {tensor(tflite::TensorType::uint32, {257})},
            {{"start_index", kMel.first_line}, {"end_index", kMel.end_line}});
        add_filter_bank();
        add("SignalFilterBankSquareRoot", {last_, scale}, {channels()}, {});
        const auto noise = channels();
        add("SignalFilterBankSpectralSubtraction", {last_}, {channels(), noise}, kNoise);
        const auto gains = constant("gains", std::vector<std::int16_t>(kGain.begin(), kGain.end()));
        add("SignalPCAN", {last_, noise, gains}, {channels()}, {{"snr_shift", 6}});
        add("SignalFilterBankLog", {last_}, {tensor(tflite::TensorType::int16, {40})},
            {{"output_scale", 64}, {"input_correction_bits", 3}});
        builder_.set_outputs({last_});
        file_ = builder_.finish();
        model_.emplace(tflite::read(file_).value());
    }

    /// For tests that break something before the import.
    [[nodiscard]] tflite::Model& model() { return *model_; }

    [[nodiscard]] tflite::Operator& find(const std::string& name) {
        return *std::ranges::find(model_->subgraphs[0].operators, name,
                                  &tflite::Operator::custom_name);
    }

    [[nodiscard]] Outcome<Imported> import() const {
        return import_some(*model_, [](const std::string&) { return true; });
    }

private:
    static constexpr auto kMel = signal::mel_tables<signal::MelSpec{.channels = 40,
                                                                    .sample_rate_hz = 16000,
                                                                    .spectrum_size = 257,
                                                                    .low_hz = 125,
                                                                    .high_hz = 7500,
                                                                    .alignment = 1,
                                                                    .block = 1}>();
    static constexpr signal::GainTable kGain =
        signal::gain_table({.strength = 0.95F, .offset = 80.0F, .gain_bits = 21, .input_bits = 7});
    inline static const Numbers kNoise = {{"smoothing", 409},
                                          {"one_minus_smoothing", 16384 - 409},
                                          {"alternate_smoothing", 983},
                                          {"alternate_one_minus_smoothing", 16384 - 983},
                                          {"min_signal_remaining", 819},
                                          {"smoothing_bits", 10},
                                          {"spectral_subtraction_bits", 14},
                                          {"clamping", 0},
                                          {"num_channels", 40}};

    template <std::size_t N>
    static std::vector<std::int16_t> mirrored(const std::array<std::int16_t, N>& half) {
        std::vector<std::int16_t> whole(half.begin(), half.end());
        whole.insert(whole.end(), half.rbegin(), half.rend());
        return whole;
    }

    std::int32_t tensor(tflite::TensorType type, std::vector<std::int64_t> shape) {
        return builder_.add_tensor("t", type, std::move(shape));
    }

    std::int32_t channels() { return tensor(tflite::TensorType::uint32, {40}); }

    std::int32_t constant(const std::string& name, const std::vector<std::int16_t>& values) {
        return builder_.add_constant(name, tflite::TensorType::int16,
                                     {static_cast<std::int64_t>(values.size())}, values);
    }

    std::int32_t constant(const std::string& name, std::span<const std::int16_t> values) {
        return constant(name, std::vector<std::int16_t>(values.begin(), values.end()));
    }

    void add(const std::string& name,
             std::vector<std::int32_t> inputs,
             std::vector<std::int32_t> outputs,
             const Numbers& options) {
        last_ = outputs[0];
        builder_.add_custom(name, std::move(inputs), std::move(outputs), flexbuffer(options));
    }

    void add_filter_bank() {
        const signal::FilterBank bank = kMel.bank();
        add("SignalFilterBank",
            {last_, constant("weights", bank.weights), constant("unweights", bank.unweights),
             constant("lines", bank.frequency_starts), constant("starts", bank.weight_starts),
             constant("widths", bank.widths)},
            {tensor(tflite::TensorType::uint64, {40})}, {{"num_channels", 40}});
    }

    tflite::ModelBuilder builder_;
    std::vector<std::byte> file_;
    std::optional<tflite::Model> model_;
    std::int32_t last_ = 0;
};

inline std::vector<std::int16_t> window_of_noise(std::uint32_t seed) {
    Random random(seed);
    return random.values<std::int16_t>(signal::kWindowSamples, -9000, 9000);
}

/// The node of one operator with data as it flows through the preprocessor, to be broken.
class SignalStep {
public:
    explicit SignalStep(OpId op)
        : imported_(PreprocessorModel().import().value()), runner_(imported_.graph) {
        runner_.set(imported_.graph.nodes[0].inputs[0], window_of_noise(1));
        runner_.run();
        node_ = &*std::ranges::find(imported_.graph.nodes, op, &graph::Node::op);
    }

    /// True when the operator's check refuses what `change` makes of the plan.
    template <typename Change>
    [[nodiscard]] bool breaks(Change change) const {
        OneStep step = runner_.step_of_node(*node_);
        change(step.draft());
        return !step.check().ok();
    }

    /// The same with attribute `index` (all are int32) set to `value`.
    [[nodiscard]] bool breaks_with(std::size_t index, std::int32_t value) const {
        return breaks(
            [&](plan::Draft& d) { std::memcpy(d.attributes.data() + index * 4, &value, 4); });
    }

    /// The same with one dimension of an operand (inputs, then outputs) one larger.
    [[nodiscard]] bool breaks_when_larger(std::size_t operand) const {
        return breaks([&](plan::Draft& d) {
            plan::Tensor& tensor = d.tensors[d.operands[operand]];
            tensor.rank = tensor.rank == 0 ? 1 : tensor.rank;
            tensor.dims[0] += 1;
        });
    }

    [[nodiscard]] bool breaks_when_absent(std::size_t operand) const {
        return breaks([&](plan::Draft& d) { d.operands[operand] = plan::kAbsent; });
    }

private:
    Imported imported_;
    GraphRunner runner_;
    const graph::Node* node_ = nullptr;
};

/// True when the importer of `name` refuses the preprocessor after `change`, with a message.
template <typename Change>
[[nodiscard]] bool import_refuses(const std::string& name, Change change) {
    PreprocessorModel model;
    change(model.find(name));
    const auto imported = model.import();
    return !imported.ok() && !imported.error().message().empty();
}

/// The same after other options.
[[nodiscard]] inline bool import_refuses_options(const std::string& name, const Numbers& numbers) {
    const std::vector<std::byte> bytes = flexbuffer(numbers);
    return import_refuses(name, [&](tflite::Operator& op) { op.custom_options = bytes; });
}

}  // namespace verge::test
