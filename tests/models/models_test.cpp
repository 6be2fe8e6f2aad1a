// Real models against the recorded outputs of TensorFlow Lite (Micro), on every runtime.

#include <algorithm>
#include <cctype>
#include <ostream>

#include <gtest/gtest.h>

#include "compiler/compile.hpp"
#include "operators/all_kernels.hpp"
#include "platform/file.hpp"
#include "runtime/fast/runner.hpp"
#include "runtime/tiny/runner.hpp"
#include "tests/models/golden.hpp"

namespace verge {
namespace {

struct Model {
    const char* path;
    double tolerance;
};

void PrintTo(const Model& model, std::ostream* out) {  // NOLINT(readability-identifier-naming)
    *out << model.path;
}

constexpr Model kModels[] = {
#define VERGE_MODEL(path, tolerance) {path, tolerance},
#include "tests/models/models.inc"
#undef VERGE_MODEL
};

/// The plan of a model for a target.
Outcome<std::vector<std::byte>> compile_for(const std::string& path, std::string_view target) {
    VERGE_ASSIGN(const auto found, compiler::find_target(target));
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    const auto owner = std::make_shared<platform::MappedFile>(std::move(file));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_model(owner->bytes(), owner));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = found}));
    return std::move(compiled.plan);
}

void compare(const test::Golden& golden,
             std::size_t seed,
             std::size_t output,
             std::span<const std::byte> found,
             double tolerance) {
    const auto& wanted = golden.values[seed * golden.outputs.size() + output];
    const auto distance =
        test::distance(golden.outputs[output], wanted, {found.begin(), found.end()});
    if (tolerance == 0) {
        EXPECT_EQ(distance.different, 0U) << "seed " << golden.seeds[seed] << " output " << output;
    } else {
        EXPECT_LE(distance.relative, tolerance)
            << "seed " << golden.seeds[seed] << " output " << output;
    }
}

template <typename Runner>
void run_all(Runner& runner, const test::Golden& golden, double tolerance) {
    const auto ports = runner.plan().ports();
    const auto outputs =
        std::ranges::count_if(ports, [](const plan::Port& port) { return port.is_output != 0; });
    ASSERT_EQ(static_cast<std::size_t>(outputs), golden.outputs.size());
    ASSERT_EQ(ports.size(), golden.outputs.size() + 1) << "the recorded models have one input";
    for (std::size_t seed = 0; seed < golden.seeds.size(); ++seed) {
        if (!golden.is_stateful) {
            runner.reset();
        }
        const auto input = test::formula_input(golden, golden.seeds[seed]);
        ASSERT_EQ(runner.port(0).size(), input.size());
        std::ranges::copy(input, runner.port(0).begin());
        runner.run();
        std::size_t output = 0;
        for (std::size_t port = 0; port < ports.size(); ++port) {
            if (ports[port].is_output != 0) {
                compare(golden, seed, output, runner.port(port), tolerance);
                ++output;
            }
        }
    }
}

class RealModel : public testing::TestWithParam<Model> {
protected:
    void SetUp() override {
        const auto folder = test::data_folder();
        if (!folder.has_value()) {
            GTEST_SKIP() << "the folder of real models (../shared/data or VERGE_DATA) is not here";
        }
        path_ = *folder + "/" + GetParam().path;
        auto golden = test::read_golden(path_);
        ASSERT_TRUE(golden.ok()) << golden.error().message();
        golden_ = std::move(golden).value();
    }

    std::string path_;
    test::Golden golden_;
};

TEST_P(RealModel, GivesTheRecordedOutputsOnTheTinyRuntime) {
    const auto plan = compile_for(path_, "portable");
    ASSERT_TRUE(plan.ok()) << plan.error().message();
    const fast::AlignedBytes bytes(plan.value());
    const auto view = plan::View::open(bytes.bytes());
    ASSERT_TRUE(view.ok());
    const fast::AlignedBytes memory(tiny::workspace_bytes(view.value()));
    auto runner =
        tiny::Runner::create(view.value(), {.main = memory.bytes()}, {all_kernels(), cpu::fpu32});
    ASSERT_TRUE(runner.ok()) << fast::explain(runner.fault(), "create").message();
    tiny::Runner running = runner.value();
    run_all(running, golden_, GetParam().tolerance);
}

TEST_P(RealModel, GivesTheRecordedOutputsOnTheFastRuntimeWithOneTwoAndThreeThreads) {
    const auto plan = compile_for(path_, "host");
    ASSERT_TRUE(plan.ok()) << plan.error().message();
    for (const unsigned threads : {1U, 2U, 3U}) {
        auto pool = platform::ThreadPool::create(threads);
        ASSERT_TRUE(pool.ok());
        auto file = fast::PlanFile::from_bytes(plan.value(), {});
        ASSERT_TRUE(file.ok()) << file.error().message();
        auto runner = fast::Runner::create(std::move(file).value(), {.pool = pool.value().get()});
        ASSERT_TRUE(runner.ok()) << runner.error().message();
        run_all(runner.value(), golden_, GetParam().tolerance);
    }
}

std::string test_name(const testing::TestParamInfo<Model>& info) {
    std::string name(info.param.path);
    std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Recorded, RealModel, testing::ValuesIn(kModels), test_name);

}  // namespace
}  // namespace verge
