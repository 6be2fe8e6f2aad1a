// assign: variables that live from run to run, their first contents, and refusals.

#include "operators/assign/op.hpp"
#include "operators/graph_test_support.hpp"

namespace verge {
namespace {

using test::GraphRunner;
using tflite::BuiltinOperator;
using tflite::TensorType;

bool is_any(const std::string&) {
    return true;
}

/// y = the variable's old contents; then the variable becomes x. A second subgraph assigns `first`.
struct VariableModel {
    explicit VariableModel(const std::vector<std::int8_t>& first, std::int64_t zero_point = 0) {
        const auto q = tflite::per_tensor(0.5F, zero_point);
        const auto x = builder.add_tensor("x", TensorType::int8, {1, 3}, q);
        const auto y = builder.add_tensor("y", TensorType::int8, {1, 3}, q);
        const auto handle = builder.add_tensor("handle", TensorType::resource, {});
        if (!first.empty()) {
            builder.add_operator(BuiltinOperator::CALL_ONCE, {}, {}, tflite::CallOnceOptions{1});
        }
        builder.add_operator(BuiltinOperator::VAR_HANDLE, {}, {handle},
                             tflite::VarHandleOptions{"", "v"});
        builder.add_operator(BuiltinOperator::READ_VARIABLE, {handle}, {y});
        builder.add_operator(BuiltinOperator::ASSIGN_VARIABLE, {handle, x}, {});
        builder.set_inputs({x});
        builder.set_outputs({y});
        if (!first.empty()) {
            builder.add_subgraph("init");
            const auto again = builder.add_tensor("handle", TensorType::resource, {});
            const auto value = builder.add_constant(
                "first", TensorType::int8, {static_cast<std::int64_t>(first.size())}, first, q);
            builder.add_operator(BuiltinOperator::VAR_HANDLE, {}, {again},
                                 tflite::VarHandleOptions{"", "v"});
            builder.add_operator(BuiltinOperator::ASSIGN_VARIABLE, {again, value}, {});
        }
        file = builder.finish();
    }

    tflite::ModelBuilder builder;
    std::vector<std::byte> file;
};

using Rows = std::vector<std::vector<std::int8_t>>;

Rows run(const VariableModel& from, const Rows& inputs) {
    const auto model = tflite::read(from.file);
    EXPECT_TRUE(model.ok()) << model.error().message();
    const auto imported = test::import_some(model.value(), is_any);
    EXPECT_TRUE(imported.ok()) << imported.error().message();
    const auto& values = imported.value().values;
    GraphRunner runner(imported.value().graph);
    Rows outputs;
    for (const auto& x : inputs) {
        runner.set(values[0], x);
        runner.run();
        outputs.push_back(runner.get<std::int8_t>(values[1]));
    }
    return outputs;
}

TEST(Assign, IsReadInTheNextRunAndNotBefore) {
    EXPECT_EQ(run(VariableModel({7, 8, 9}), {{1, 2, 3}, {4, 5, 6}, {0, 0, 0}}),
              (Rows{{7, 8, 9}, {1, 2, 3}, {4, 5, 6}}));
}

TEST(Assign, StartsAVariableThatNobodyInitialisesAtItsZeroPoint) {
    EXPECT_EQ(run(VariableModel({}), {{1, 2, 3}}), (Rows{{0, 0, 0}}));
    EXPECT_EQ(run(VariableModel({}, -4), {{1, 2, 3}, {1, 2, 3}}), (Rows{{-4, -4, -4}, {1, 2, 3}}));
}

TEST(Assign, RefusesFirstContentsOfAnotherSize) {
    const VariableModel model({7, 8});
    const auto imported = test::import_some(tflite::read(model.file).value(), is_any);
    ASSERT_FALSE(imported.ok());
    EXPECT_EQ(imported.error().code, Code::bad_input);
}

TEST(Assign, RefusesToRunMoreThanAssignmentsOfConstantsOnce) {
    const VariableModel from({7, 8, 9});
    const auto refused = [&](auto change) {
        auto model = tflite::read(from.file).value();
        change(model);
        return !test::import_some(model, is_any).ok();
    };
    EXPECT_FALSE(refused([](tflite::Model&) {}));
    EXPECT_TRUE(refused([](tflite::Model& m) { m.subgraphs[1].tensors[1].data = {}; }));
    EXPECT_TRUE(refused(
        [](tflite::Model& m) { m.subgraphs[1].operators[0].code = BuiltinOperator::RELU; }));
    EXPECT_TRUE(refused([](tflite::Model& m) { m.subgraphs[1].operators[1].inputs = {1, 1}; }));
    EXPECT_TRUE(refused([](tflite::Model& m) {
        m.subgraphs[0].operators[0].options = tflite::CallOnceOptions{9};
    }));
    EXPECT_TRUE(
        refused([](tflite::Model& m) { m.subgraphs[0].tensors[0].type = TensorType::int16; }));
    EXPECT_TRUE(refused([](tflite::Model& m) { m.subgraphs[0].operators[2].inputs = {0}; }));
}

TEST(Assign, ImportsTheVariablesOfTheStreamingWakeWords) {
    for (const char* name : {"vad", "hey_jarvis", "okay_nabu"}) {
        const auto file = test::data_file(std::string("kws/micro_wake_word/") + name + ".tflite");
        if (file.empty()) {
            GTEST_SKIP() << "no ../shared/data/kws/micro_wake_word";
        }
        const auto model = tflite::read(file);
        ASSERT_TRUE(model.ok());
        const auto imported = test::import_some(model.value(), [](const std::string& op) {
            return op == "CALL_ONCE" || op.find("VAR") != std::string::npos;
        });
        ASSERT_TRUE(imported.ok()) << imported.error().message();
        const graph::Graph& graph = imported.value().graph;
        EXPECT_GE(imported.value().variables.size(), 4U) << name;
        EXPECT_EQ(graph.nodes.size(), 2 * imported.value().variables.size()) << name;
        for (const auto& [key, id] : imported.value().variables) {
            const graph::Value& variable = graph[id];
            EXPECT_EQ(variable.kind, graph::ValueKind::state);
            EXPECT_EQ(variable.constant.bytes().size(),
                      static_cast<std::size_t>(graph::byte_count(variable.type, variable.dims)));
            EXPECT_EQ(variable.constant.bytes()[0],
                      std::byte{0x80});  // silence: the zero point -128
        }
    }
}

TEST(Assign, CopiesEveryTypeAndRefusesAnotherSize) {
    for (const plan::Type type : {plan::Type::f32, plan::Type::s64, plan::Type::b8}) {
        const std::uint32_t bytes = plan::element_bytes(type);
        std::vector<std::byte> data;
        for (std::uint32_t i = 0; i < 6 * bytes; ++i) {
            data.push_back(static_cast<std::byte>(i));
        }
        test::OneStep step(OpId::assign, Assign{}, {{type, {2, 3}, data, false}},
                           {test::output(type, {6})});
        EXPECT_EQ(step.run<std::byte>(), data);
        step.draft().tensors[1].dims[0] = 5;
        EXPECT_FALSE(step.check().ok());
        step.draft().tensors[1].dims[0] = 6;
        step.draft().tensors[1].type = plan::Type::u16;
        EXPECT_FALSE(step.check().ok());
    }
}

}  // namespace
}  // namespace verge
