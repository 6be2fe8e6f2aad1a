// The columns, proven: a plan packed for one CPU runs on every other that this machine can play,
// with 1, 2 and 3 threads, in tiny and as kernel bodies without an interpreter: all bits are the
// same.

#include <algorithm>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "base/cpu_here.hpp"
#include "compiler/compile.hpp"
#include "operators/all_kernels.hpp"
#include "operators/test_support.hpp"
#include "platform/file.hpp"
#include "runtime/fast/runner.hpp"
#include "runtime/tiny/runner.hpp"
#include "tests/columns/bodies.hpp"
#include "tests/columns/small_model.hpp"

namespace verge {
namespace {

using Bytes = std::vector<std::byte>;

Outcome<Bytes> model_file(std::string_view name) {
    if (name == "small") {
        return test::small_keyword_model();
    }
    VERGE_ASSIGN(platform::MappedFile file,
                 platform::MappedFile::open(std::string(VERGE_SOURCE_DIR) +
                                            "/models/keywords_yes_no/keywords_yes_no.tflite"));
    return Bytes(file.bytes().begin(), file.bytes().end());
}

/// The plan of a model for a target, at an address that can be opened.
Outcome<fast::AlignedBytes> compile_for(std::string_view model, std::string_view target) {
    VERGE_ASSIGN(const auto found, compiler::find_target(target));
    VERGE_ASSIGN(Bytes file, model_file(model));
    const auto owner = std::make_shared<Bytes>(std::move(file));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_model(*owner, owner));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = found}));
    return fast::AlignedBytes(std::span<const std::byte>(compiled.plan));
}

Bytes input_of(std::size_t bytes, std::uint32_t seed) {
    const auto values = test::Random(seed).values<std::int8_t>(bytes, -128, 127);
    const auto view = std::as_bytes(std::span(values));
    return {view.begin(), view.end()};
}

template <typename Runner>
Bytes run_once(Runner& runner, std::uint32_t seed) {
    Bytes output;
    const auto ports = runner.plan().ports();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (ports[i].is_output == 0) {
            std::ranges::copy(input_of(runner.port(i).size(), seed), runner.port(i).begin());
        }
    }
    runner.run();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (ports[i].is_output != 0) {
            output.insert(output.end(), runner.port(i).begin(), runner.port(i).end());
        }
    }
    return output;
}

/// What tiny makes of a canonical plan: the truth.
Bytes run_tiny(const plan::View& view, std::uint32_t seed) {
    const fast::AlignedBytes memory(tiny::workspace_bytes(view));
    const auto runner = tiny::Runner::create(view, {memory.bytes()}, {all_kernels(), cpu::fpu32});
    EXPECT_TRUE(runner.ok());
    if (!runner.ok()) {
        return {};
    }
    tiny::Runner made = runner.value();
    return run_once(made, seed);
}

constexpr std::uint32_t kSeeds[] = {1, 2, 3};

struct Case {
    const char* model;
    const char* target;    // that the plan is packed for
    const char* features;  // of the machine that runs it
    unsigned threads;
};

void PrintTo(const Case& c, std::ostream* out) {  // NOLINT(readability-identifier-naming)
    *out << c.model << " packed for " << c.target << ", run as " << c.features << " by "
         << c.threads;
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const char* model : {"small", "keywords"}) {
        for (const char* target :
             {"x86-baseline", "x86-avx2", "x86-avx512", "cortex-m4", "portable"}) {
            for (const char* features : {"baseline", "avx2", "avx512"}) {
                for (const unsigned threads : {1U, 2U, 3U}) {
                    cases.push_back({model, target, features, threads});
                }
            }
        }
    }
    return cases;
}

class Columns : public testing::TestWithParam<Case> {};

TEST_P(Columns, GiveTheBitsOfTheReference) {
    const Case& c = GetParam();
    const auto features = cpu::parse(c.features);
    ASSERT_TRUE(features.ok());
    if ((features.value() & ~cpu::here()) != 0) {
        GTEST_SKIP() << "this CPU has no " << c.features;
    }
    const auto canonical = compile_for(c.model, "x86-baseline");
    const auto packed = compile_for(c.model, c.target);
    ASSERT_TRUE(canonical.ok() && packed.ok());
    auto file = fast::PlanFile::from_bytes(packed.value().bytes(), {.features = features.value()});
    ASSERT_TRUE(file.ok()) << file.error().message();
    const auto pool = platform::ThreadPool::create(c.threads);
    ASSERT_TRUE(pool.ok());
    auto runner = fast::Runner::create(std::move(file).value(), {.pool = pool.value().get()});
    ASSERT_TRUE(runner.ok()) << runner.error().message();
    const auto view = plan::View::open(canonical.value().bytes());
    ASSERT_TRUE(view.ok());
    for (const std::uint32_t seed : kSeeds) {
        EXPECT_EQ(run_once(runner.value(), seed), run_tiny(view.value(), seed)) << "seed " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Columns, testing::ValuesIn(all_cases()), [](const auto& one) {
    std::string name = std::string(one.param.model) + "_for_" + one.param.target + "_as_" +
                       one.param.features + "_by_" + std::to_string(one.param.threads);
    std::ranges::replace(name, '-', '_');
    return name;
});

class Model : public testing::TestWithParam<const char*> {};

TEST_P(Model, RunsAsKernelBodiesWithoutTheInterpreter) {
    const auto canonical = compile_for(GetParam(), "x86-baseline");
    ASSERT_TRUE(canonical.ok());
    const auto view = plan::View::open(canonical.value().bytes());
    ASSERT_TRUE(view.ok());
    for (const std::uint32_t seed : kSeeds) {
        const plan::Tensor& x = view.value().tensors()[view.value().ports()[0].tensor];
        const auto found = test::run_bodies(view.value(), input_of(plan::tensor_bytes(x), seed));
        const auto bytes = std::as_bytes(std::span(found));
        EXPECT_EQ(Bytes(bytes.begin(), bytes.end()), run_tiny(view.value(), seed))
            << "seed " << seed;
    }
}

TEST_P(Model, UsesThePackedKernelsOfItsTargets) {
    for (const auto& [target, layout] :
         {std::pair{"x86-avx2", 1}, std::pair{"x86-avx512", 2}, std::pair{"cortex-m4", 3}}) {
        const auto packed = compile_for(GetParam(), target);
        ASSERT_TRUE(packed.ok());
        const auto view = plan::View::open(packed.value().bytes());
        ASSERT_TRUE(view.ok());
        std::size_t found = 0;
        for (const plan::Step& step : view.value().steps()) {
            found += step.op == static_cast<std::uint16_t>(OpId::conv2d) && step.layout == layout;
        }
        EXPECT_GE(found, 4U) << target;
    }
}

/// The depthwise steps of the Cortex-M4 plan lie over their inputs, so the runs above are in place.
TEST_P(Model, LaysTheOutputsOfOrderedStepsOverTheirInputs) {
    const auto packed = compile_for(GetParam(), "cortex-m4");
    ASSERT_TRUE(packed.ok());
    const auto view = plan::View::open(packed.value().bytes());
    ASSERT_TRUE(view.ok());
    std::size_t found = 0;
    for (const plan::Step& step : view.value().steps()) {
        const Call call(view.value(), step);
        const plan::Tensor& x = call.input(0);
        const plan::Tensor& y = call.output(0);
        const bool overlaps = y.offset < x.offset + plan::tensor_bytes(x) &&
                              x.offset < y.offset + plan::tensor_bytes(y);
        const bool is_ordered = (step.flags & plan::step_flag::ordered) != 0;
        found +=
            step.op == static_cast<std::uint16_t>(OpId::depthwise_conv2d) && overlaps && is_ordered;
    }
    EXPECT_GT(found, 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Model, testing::Values("small", "keywords"));

}  // namespace
}  // namespace verge
