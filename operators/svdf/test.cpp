// svdf: models against TensorFlow Lite Micro's outputs, its memory, and refusals.

#include "operators/graph_test_support.hpp"
#include "operators/svdf/op.hpp"

namespace verge {
namespace {

using test::GraphRunner;
using tflite::TensorType;

/// Sizes of a small SVDF whose operands are random.
struct SmallSvdf {
    std::int64_t batches = 2;
    std::int64_t inputs = 5;
    std::int64_t units = 3;
    std::int64_t rank = 2;
    std::int64_t memory = 4;
    TensorType type = TensorType::int8;
    TensorType state = TensorType::int16;
    std::uint32_t seed = 5;
};

std::int32_t add_weights(tflite::ModelBuilder& builder,
                         test::Random& random,
                         TensorType type,
                         const std::vector<std::int64_t>& shape,
                         float scale) {
    const auto count = static_cast<std::size_t>(shape[0] * shape[1]);
    if (type == TensorType::float32) {
        return builder.add_constant("w", type, shape, random.floats(count));
    }
    if (type == TensorType::int16) {
        return builder.add_constant("w", type, shape,
                                    random.values<std::int16_t>(count, -32767, 32767),
                                    tflite::per_tensor(scale / 256, 0));
    }
    return builder.add_constant("w", type, shape, random.values<std::int8_t>(count, -127, 127),
                                tflite::per_tensor(scale, 0));
}

std::vector<std::byte> svdf_model(const SmallSvdf& s) {
    test::Random random(s.seed);
    tflite::ModelBuilder builder;
    const bool is_float = s.type == TensorType::float32;
    const bool is_short = s.state == TensorType::int16;
    const float state_scale = is_short ? 1.0F / 4096 : 1.0F / 16;
    const float time_scale = 1.0F / 128;
    const auto q = [&](float scale, std::int64_t zero) {
        return is_float ? tflite::Quantisation{} : tflite::per_tensor(scale, zero);
    };
    const std::int64_t filters = s.units * s.rank;
    const auto x = builder.add_tensor("x", s.type, {s.batches, s.inputs}, q(1.0F / 64, 3));
    const auto features = add_weights(builder, random, s.type, {filters, s.inputs}, 1.0F / 100);
    const auto time =
        add_weights(builder, random, is_float ? s.type : s.state, {filters, s.memory}, time_scale);
    const float bias_scale = state_scale * (is_short ? time_scale / 256 : time_scale);
    const auto bias =
        is_float ? builder.add_constant("b", s.type, {s.units},
                                        random.floats(static_cast<std::size_t>(s.units)))
                 : builder.add_constant(
                       "b", TensorType::int32, {s.units},
                       random.values<std::int32_t>(static_cast<std::size_t>(s.units), -500, 500),
                       tflite::per_tensor(bias_scale, 0));
    const auto state =
        builder.add_tensor("state", is_float ? s.type : s.state, {s.batches, filters * s.memory},
                           q(state_scale, is_short ? 0 : -6));
    builder.tensor(state).is_variable = true;
    const auto y = builder.add_tensor("y", s.type, {s.batches, s.units}, q(1.0F / 8, -7));
    tflite::SVDFOptions options;
    options.rank = static_cast<std::int32_t>(s.rank);
    builder.add_operator(tflite::BuiltinOperator::SVDF, {x, features, time, bias, state}, {y},
                         options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder.finish();
}

template <typename T>
std::vector<T> svdf_input(const SmallSvdf& s, std::uint32_t seed) {
    test::Random random(seed);
    const auto count = static_cast<std::size_t>(s.batches * s.inputs);
    if constexpr (std::is_same_v<T, float>) {
        return random.floats(count);
    } else {
        return random.values<T>(count, -128, 127);
    }
}

test::Imported import_svdf(const SmallSvdf& s) {
    const auto file = svdf_model(s);
    auto imported =
        test::import_some(tflite::read(file).value(), [](const std::string&) { return true; });
    EXPECT_TRUE(imported.ok()) << imported.error().message();
    return imported.value();
}

/// Six runs in a row: longer than the memory.
template <typename T>
std::vector<T> run_svdf(const SmallSvdf& s) {
    const test::Imported imported = import_svdf(s);
    GraphRunner runner(imported.graph);
    const graph::Node& node = imported.graph.nodes[0];
    std::vector<T> all;
    for (std::uint32_t run = 1; run <= 6; ++run) {
        runner.set(node.inputs[0], svdf_input<T>(s, run));
        runner.run();
        const auto y = runner.get<T>(node.outputs[0]);
        all.insert(all.end(), y.begin(), y.end());
    }
    return all;
}

// From tflite_micro, six runs in a row of the very models that svdf_model() makes.
TEST(Svdf, GivesTheReferenceBitsWithAnInt16State) {
    EXPECT_EQ(
        run_svdf<std::int8_t>({}),
        (std::vector<std::int8_t>{-10, 3,   -8,  -26, -24, -21, -12, -34, 5,   -29, 5,   -15,
                                  -16, 24,  14,  11,  -7,  25,  1,   2,   -8,  -39, -19, 1,
                                  -89, -62, -37, 13,  -28, 2,   -14, 59,  -15, -15, -20, -8}));
}

TEST(Svdf, GivesTheReferenceBitsWithAnInt8State) {
    SmallSvdf s;
    s.state = TensorType::int8;
    EXPECT_EQ(run_svdf<std::int8_t>(s),
              (std::vector<std::int8_t>{-3,  -13, -19, -40, -6, 16,  -4,  11,  -22, 19, -10, -11,
                                        33,  -32, -44, -4,  16, -39, -18, 4,   0,   19, 13,  -64,
                                        -49, -22, 50,  -34, 7,  16,  7,   -63, 42,  -2, -37, -14}));
}

TEST(Svdf, RemembersAsManyStepsAsItHasTimeWeights) {
    // One filter that sees one input; time weights find where each input has gone.
    graph::Graph graph;
    const auto add = [&](plan::Type type, graph::Dims dims, const std::vector<float>& values,
                         graph::ValueKind kind) {
        return graph.add(
            {"v", type, std::move(dims), {}, kind, graph::make_constant<float>(values)});
    };
    constexpr auto activation = graph::ValueKind::activation;
    constexpr auto constant = graph::ValueKind::constant;
    const auto x = add(plan::Type::f32, {1, 1}, {}, activation);
    const auto features = add(plan::Type::f32, {1, 1}, {2}, constant);
    const auto time = add(plan::Type::f32, {1, 3}, {100, 10, 1}, constant);
    const auto state = add(plan::Type::f32, {1, 3}, {}, graph::ValueKind::state);
    const auto y = add(plan::Type::f32, {1, 1}, {}, activation);
    graph::Node node{
        OpId::svdf, "svdf", {x, features, time, graph::kNoValue, state}, {y, state}, {}};
    graph::set_attributes(node, Svdf{1, 0, 0, 0, {0, 0}, {0, 0}, -1e9F, 1e9F});
    graph.nodes.push_back(node);
    GraphRunner runner(graph);
    for (const auto& [in, out] :
         {std::pair{1.0F, 2.0F}, {0.0F, 20.0F}, {3.0F, 206.0F}, {0.0F, 60.0F}, {0.0F, 600.0F}}) {
        runner.set<float>(x, {in});
        runner.run();
        EXPECT_EQ(runner.get<float>(y)[0], out);
    }
}

TEST(Svdf, CheckRefusesEveryBrokenDescriptor) {
    const test::Imported imported = import_svdf({});
    GraphRunner runner(imported.graph);
    const graph::Node& node = imported.graph.nodes[0];
    runner.set(node.inputs[0], svdf_input<std::int8_t>({}, 1));
    const auto breaks = [&](auto change) {
        test::OneStep step = runner.step_of_node(node);
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    for (const std::size_t operand : {0U, 1U, 2U, 3U, 4U, 5U}) {
        EXPECT_TRUE(breaks([&](plan::Draft& d) { d.tensors[d.operands[operand]].dims[0] += 1; }))
            << operand;
    }
    EXPECT_FALSE(breaks([](plan::Draft& d) { d.operands[svdf::kBias] = plan::kAbsent; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[svdf::kTimeWeights] = plan::kAbsent; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[svdf::kState] = plan::kAbsent; }));
    EXPECT_TRUE(breaks(
        [](plan::Draft& d) { d.tensors[d.operands[svdf::kTimeWeights]].type = plan::Type::s8; }));
    const auto breaks_with = [&](std::size_t field, std::int32_t value) {
        return breaks(
            [&](plan::Draft& d) { std::memcpy(d.attributes.data() + field * 4, &value, 4); });
    };
    for (const std::size_t field : {0U, 1U, 2U, 4U, 5U, 6U, 7U}) {
        EXPECT_TRUE(breaks_with(field, -99999)) << field;
    }
    EXPECT_TRUE(breaks_with(0, 3));
    EXPECT_TRUE(breaks_with(6, 31));
}

TEST(Svdf, ImportRefusesOperandsThatDoNotFit) {
    const auto refused = [](auto change) {
        const auto file = svdf_model({});
        auto model = tflite::read(file).value();
        change(model.subgraphs[0]);
        return !test::import_some(model, [](const std::string&) { return true; }).ok();
    };
    EXPECT_FALSE(refused([](tflite::Subgraph&) {}));
    for (std::size_t tensor = 0; tensor < 6; ++tensor) {
        EXPECT_TRUE(refused([&](tflite::Subgraph& g) { g.tensors[tensor].shape[0] += 1; }))
            << tensor;
        EXPECT_TRUE(refused([&](tflite::Subgraph& g) {
            g.tensors[tensor].type = TensorType::int64;
        })) << tensor;
    }
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.tensors[4].is_variable = false; }));
    EXPECT_TRUE(
        refused([](tflite::Subgraph& g) { g.operators[0].options = tflite::SVDFOptions{}; }));
    EXPECT_TRUE(refused([](tflite::Subgraph& g) { g.operators[0].inputs[4] = tflite::kNoTensor; }));
}

}  // namespace
}  // namespace verge
