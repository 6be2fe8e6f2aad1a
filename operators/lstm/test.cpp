// lstm: models against TensorFlow Lite Micro's outputs, order of time, clipping, and refusals.

#include <cmath>

#include "operators/gates16.hpp"
#include "operators/graph_test_support.hpp"
#include "operators/lstm/op.hpp"

namespace verge {
namespace {

using test::GraphRunner;
using tflite::TensorType;

bool is_lstm(const std::string& name) {
    return name == "UNIDIRECTIONAL_SEQUENCE_LSTM";
}

/// What the LSTM of a model of the shared data gives for seeds 1, 2, 3, run one after the other.
template <typename T>
std::vector<T> outputs_of(const std::vector<std::byte>& file,
                          const std::function<T(std::uint8_t)>& convert) {
    const auto model = tflite::read(file);
    EXPECT_TRUE(model.ok()) << "the reader refuses the model";
    auto imported = test::import_some(model.value(), is_lstm);
    EXPECT_TRUE(imported.ok()) << imported.error().message();
    const graph::Graph& graph = imported.value().graph;
    GraphRunner runner(graph);
    std::vector<T> all;
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        std::vector<T> x;
        for (const std::uint8_t byte : test::formula_bytes(seed, 28UL * 28)) {
            x.push_back(convert(byte));
        }
        runner.set(graph.nodes[0].inputs[0], x);
        runner.run();
        const auto y = runner.get<T>(graph.nodes[0].outputs[0]);
        all.insert(all.end(), y.begin(), y.end());
    }
    return all;
}

std::int8_t to_int8(std::uint8_t byte) {
    return static_cast<std::int8_t>(byte - 128);
}

// The hashes are those of tflite_micro's outputs, the models cut behind their LSTM.
TEST(Lstm, GivesTheReferenceBitsOfTheInt8MnistModelOverThreeRunsInARow) {
    const auto file = test::data_file("image/mnist_lstm/trained_lstm_int8.tflite");
    if (file.empty()) {
        GTEST_SKIP() << "no ../shared/data/image/mnist_lstm";
    }
    const auto y = outputs_of<std::int8_t>(file, to_int8);
    ASSERT_EQ(y.size(), 3U * 28 * 20);
    EXPECT_EQ(test::hash_of(y), 0x7bb782109af93488U);
}

TEST(Lstm, StartsAnInt8HiddenStateAtItsZeroPoint) {
    const auto file = test::data_file("image/coral/keras_lstm_mnist_ptq.tflite");
    if (file.empty()) {
        GTEST_SKIP() << "no ../shared/data/image/coral";
    }
    const auto y = outputs_of<std::int8_t>(file, to_int8);
    EXPECT_EQ(test::hash_of(y), 0xd21781bfdcba5b49U);
}

TEST(Lstm, IsNearTheReferenceOnTheFloatMnistModel) {
    const auto file = test::data_file("image/mnist_lstm/trained_lstm.tflite");
    if (file.empty()) {
        GTEST_SKIP() << "no ../shared/data/image/mnist_lstm";
    }
    const auto y = outputs_of<float>(
        file, [](std::uint8_t byte) { return static_cast<float>(byte) / 127.5F - 1.0F; });
    ASSERT_EQ(y.size(), 3U * 28 * 20);
    const float first[] = {-0.093106553F, 0.048280865F, 0.032629691F, -0.039914347F,
                           0.02995798F,   -0.17847514F, 0.035231717F, 0.087744266F};
    const float last[] = {0.16080078F,   0.37788951F, 0.17623886F, -0.020017788F,
                          -0.078166872F, 0.12451734F, 0.533476F,   0.016328961F};
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_NEAR(y[i], first[i], 1e-6F);
        EXPECT_NEAR(y[y.size() - 8 + i], last[i], 1e-5F);
    }
}

// The hashes are of the reference's formula and table, worked out apart from this code.
TEST(Lstm, SquashesEveryInt16AsTheReferenceDoes) {
    std::vector<std::int16_t> sigmoids;
    std::vector<std::int16_t> tanhs;
    for (std::int32_t x = -32768; x <= 32767; ++x) {
        sigmoids.push_back(sigmoid16(static_cast<std::int16_t>(x)));
        tanhs.push_back(tanh16(static_cast<std::int16_t>(x)));
    }
    EXPECT_EQ(test::hash_of(sigmoids), 0x9106cb5b158b3d55U);
    EXPECT_EQ(test::hash_of(tanhs), 0x15d109ac75954965U);
}

/// Sizes and weights of a small LSTM, as a TFLite model with every operand random.
struct Small {
    std::int64_t batches = 2;
    std::int64_t steps = 3;
    std::int64_t inputs = 4;
    std::int64_t units = 3;
    bool time_major = false;
    float cell_clip = 0;
    TensorType type = TensorType::int8;
};

constexpr float kWeightScale = 0.01F;

std::int32_t add_operand(tflite::ModelBuilder& builder,
                         test::Random& random,
                         std::vector<std::int64_t> shape,
                         const Small& s,
                         bool is_bias) {
    std::size_t count = 1;
    for (const std::int64_t dim : shape) {
        count *= static_cast<std::size_t>(dim);
    }
    if (s.type == TensorType::float32) {
        return builder.add_constant("w", TensorType::float32, shape, random.floats(count));
    }
    if (!is_bias) {
        return builder.add_constant("w", TensorType::int8, shape,
                                    random.values<std::int8_t>(count, -127, 127),
                                    tflite::per_tensor(kWeightScale, 0));
    }
    if (s.type == TensorType::int16) {
        return builder.add_constant("b", TensorType::int64, shape,
                                    random.values<std::int64_t>(count, -20000, 20000));
    }
    return builder.add_constant("b", TensorType::int32, shape,
                                random.values<std::int32_t>(count, -2000, 2000));
}

std::vector<std::byte> small_model(const Small& s, std::uint32_t seed = 5) {
    test::Random random(seed);
    tflite::ModelBuilder builder;
    const bool is_float = s.type == TensorType::float32;
    const bool is_int8 = s.type == TensorType::int8;
    const auto q = [&](float scale, std::int64_t zero) {
        return is_float ? tflite::Quantisation{} : tflite::per_tensor(scale, is_int8 ? zero : 0);
    };
    const float unit = is_int8 ? 1.0F / 128 : 1.0F / 32768;
    const std::int64_t first = s.time_major ? s.steps : s.batches;
    const std::int64_t second = s.time_major ? s.batches : s.steps;
    const auto x = builder.add_tensor("x", s.type, {first, second, s.inputs}, q(4 * unit, 3));
    std::vector<std::int32_t> inputs(24, tflite::kNoTensor);
    inputs[0] = x;
    for (std::size_t i = 1; i < 5; ++i) {
        inputs[i] = add_operand(builder, random, {s.units, s.inputs}, s, false);
        inputs[i + 4] = add_operand(builder, random, {s.units, s.units}, s, false);
        inputs[i + 11] = add_operand(builder, random, {s.units}, s, true);
    }
    inputs[18] = builder.add_tensor("h", s.type, {s.batches, s.units}, q(unit, -5));
    inputs[19] =
        builder.add_tensor("c", is_float ? s.type : TensorType::int16, {s.batches, s.units},
                           is_float ? tflite::Quantisation{} : tflite::per_tensor(1.0F / 2048, 0));
    builder.tensor(inputs[18]).is_variable = true;
    builder.tensor(inputs[19]).is_variable = true;
    const auto y = builder.add_tensor("y", s.type, {first, second, s.units}, q(unit, -5));
    tflite::UnidirectionalSequenceLSTMOptions options;
    options.fused_activation_function = tflite::Activation::tanh;
    options.time_major = s.time_major;
    options.cell_clip = s.cell_clip;
    builder.add_operator(tflite::BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, inputs, {y},
                         options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder.finish();
}

template <typename T>
std::vector<T> random_input(const Small& s, std::uint32_t seed) {
    test::Random random(seed);
    const auto count = static_cast<std::size_t>(s.batches * s.steps * s.inputs);
    if constexpr (std::is_same_v<T, float>) {
        return random.floats(count);
    } else {
        return random.values<T>(count, -128, 127);
    }
}

/// Two runs in a row of a small model.
template <typename T>
std::vector<T> run_small(const Small& s, std::vector<std::vector<T>> xs) {
    const auto file = small_model(s);
    const auto model = tflite::read(file);
    auto imported = test::import_some(model.value(), is_lstm);
    EXPECT_TRUE(imported.ok()) << imported.error().message();
    GraphRunner runner(imported.value().graph);
    const graph::Node& node = imported.value().graph.nodes[0];
    std::vector<T> all;
    for (const auto& x : xs) {
        runner.set(node.inputs[0], x);
        runner.run();
        const auto y = runner.get<T>(node.outputs[0]);
        all.insert(all.end(), y.begin(), y.end());
    }
    return all;
}

// From tflite_micro, two runs in a row of the very model that small_model() makes.
TEST(Lstm, GivesTheReferenceBitsOfASmallInt8Model) {
    const Small s;
    EXPECT_EQ(run_small<std::int8_t>(
                  s, {random_input<std::int8_t>(s, 1), random_input<std::int8_t>(s, 2)}),
              (std::vector<std::int8_t>{75, -5,  -5, -5, 32, 17,  -8, 34, -5, -16, -94, -2,
                                        83, -5,  -6, -6, 20, -26, -8, -4, 38, -6,  48,  -13,
                                        -5, -12, 12, 0,  -5, 47,  64, -5, -9, 12,  -7,  28}));
}

TEST(Lstm, GivesTheReferenceBitsOfASmallInt16ModelWithAClippedCell) {
    Small s;
    s.type = TensorType::int16;
    s.cell_clip = 0.25F;
    EXPECT_EQ(run_small<std::int16_t>(
                  s, {random_input<std::int16_t>(s, 1), random_input<std::int16_t>(s, 2)}),
              (std::vector<std::int16_t>{56,   79,  -161, -261, 246,  -24,  -441, 88,   -55,
                                         -159, -16, 111,  128,  -237, -8,   -32,  229,  -152,
                                         -462, 245, -273, -649, 264,  -328, -704, -8,   -40,
                                         -119, 40,  -24,  64,   -158, -72,  103,  -134, 88}));
}

template <typename T>
std::vector<T> swapped(const std::vector<T>& x, std::size_t first, std::size_t second) {
    const std::size_t depth = x.size() / (first * second);
    std::vector<T> result(x.size());
    for (std::size_t i = 0; i < first; ++i) {
        for (std::size_t j = 0; j < second; ++j) {
            std::copy_n(x.begin() + static_cast<std::ptrdiff_t>((i * second + j) * depth), depth,
                        result.begin() + static_cast<std::ptrdiff_t>((j * first + i) * depth));
        }
    }
    return result;
}

TEST(Lstm, TakesTimeFirstOrBatchFirst) {
    Small s;
    const auto x = random_input<std::int8_t>(s, 1);
    const auto wanted = run_small<std::int8_t>(s, {x});
    s.time_major = true;
    const auto y = run_small<std::int8_t>(s, {swapped(x, 2, 3)});
    EXPECT_EQ(swapped(y, 3, 2), wanted);
}

TEST(Lstm, FollowsItsFormulaInFloat) {
    const Small s{1, 2, 2, 1, false, 0, TensorType::float32};
    const auto file = small_model(s);
    const auto model = tflite::read(file);
    const auto imported = test::import_some(model.value(), is_lstm);
    const graph::Graph& graph = imported.value().graph;
    const graph::Node& node = graph.nodes[0];
    const auto x = random_input<float>(s, 1);
    double h = 0;
    double c = 0;
    std::vector<double> wanted;
    for (std::size_t t = 0; t < 2; ++t) {
        double gate[4];
        for (std::size_t g = 0; g < 4; ++g) {
            const auto w = graph::elements<float>(graph[node.inputs[1 + g]]);
            gate[g] = double{x[2 * t]} * double{w[0]} + double{x[2 * t + 1]} * double{w[1]} +
                      h * double{graph::elements<float>(graph[node.inputs[5 + g]])[0]} +
                      double{graph::elements<float>(graph[node.inputs[9 + g]])[0]};
        }
        const auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
        c = sigmoid(gate[1]) * c + sigmoid(gate[0]) * std::tanh(gate[2]);
        h = sigmoid(gate[3]) * std::tanh(c);
        wanted.push_back(h);
    }
    const auto y = run_small<float>(s, {x});
    EXPECT_NEAR(y[0], wanted[0], 1e-6);
    EXPECT_NEAR(y[1], wanted[1], 1e-6);
}

TEST(Lstm, KeepsAFloatCellWithinItsLimit) {
    Small s{1, 8, 4, 3, false, 0.01F, TensorType::float32};
    for (const float y : run_small<float>(s, {random_input<float>(s, 1)})) {
        EXPECT_LE(std::abs(y), 0.01F);  // tanh(cell) times a gate below 1
    }
}

TEST(Lstm, ImportRefusesVariantsThatItDoesNotHave) {
    const auto refused = [](auto change) {
        const auto file = small_model({});
        auto model = tflite::read(file);
        change(model.value().subgraphs[0]);
        const auto imported = test::import_some(model.value(), is_lstm);
        return !imported.ok() && !imported.error().message().empty();
    };
    EXPECT_FALSE(refused([](tflite::Subgraph&) {}));
    EXPECT_TRUE(
        refused([](tflite::Subgraph& g) { g.operators[0].inputs[9] = g.operators[0].inputs[12]; }));
    EXPECT_TRUE(
        refused([](tflite::Subgraph& g) { g.operators[0].inputs[16] = g.operators[0].inputs[5]; }));
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.operators[0].inputs[1] = tflite::kNoTensor; }));
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.operators[0].inputs.resize(18); }));
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.operators[0].options = std::monostate{}; }));
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.tensors[0].quantisation.scales = {0.0F}; }));
    // Tensor 0 is x, 1 to 12 are weights and biases, 13 and 14 the states, 15 is y.
    for (std::size_t tensor = 0; tensor < 16; ++tensor) {
        EXPECT_TRUE(refused([&](tflite::Subgraph& g) { g.tensors[tensor].shape.back() += 1; }))
            << tensor;
    }
}

TEST(Lstm, CheckRefusesEveryBrokenDescriptor) {
    const auto file = small_model({});
    const auto model = tflite::read(file);
    const auto imported = test::import_some(model.value(), is_lstm);
    GraphRunner runner(imported.value().graph);
    const graph::Node& node = imported.value().graph.nodes[0];
    runner.set(node.inputs[0], random_input<std::int8_t>({}, 1));
    const auto breaks = [&](auto change) {
        test::OneStep step = runner.step_of_node(node);
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    for (std::size_t operand = 0; operand < lstm::kInputs; ++operand) {
        EXPECT_TRUE(breaks([&](plan::Draft& d) { d.tensors[d.operands[operand]].dims[0] += 1; }))
            << operand;
    }
    for (std::size_t operand = 2; operand < lstm::kInputs;
         ++operand) {  // 0 and 1 choose the kernel
        EXPECT_TRUE(breaks([&](plan::Draft& d) { d.operands[operand] = plan::kAbsent; }))
            << operand;
        EXPECT_TRUE(breaks([&](plan::Draft& d) {
            d.tensors[d.operands[operand]].type = plan::Type::s64;
        })) << operand;
    }
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[16] = d.operands[17]; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.steps[0].output_count = 2; }));
    const auto breaks_with = [&](std::size_t field, std::int32_t value) {
        return breaks(
            [&](plan::Draft& d) { std::memcpy(d.attributes.data() + field * 4, &value, 4); });
    };
    for (std::size_t field = 3; field <= 26; ++field) {  // multipliers and shifts
        EXPECT_TRUE(breaks_with(field, -99)) << field;
    }
    for (const std::size_t field : {1U, 2U, 11U, 18U, 22U, 24U, 25U, 26U, 27U}) {
        EXPECT_TRUE(breaks_with(field, 99999)) << field;
    }
}

}  // namespace
}  // namespace verge
