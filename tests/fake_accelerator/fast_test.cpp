// Foreign steps in the fast runtime: with the accelerator and without it, alone and with threads.

#include <cstring>
#include <memory>

#include <gtest/gtest.h>

#include "operators/all_kernels.hpp"
#include "platform/threads.hpp"
#include "runtime/fast/runner.hpp"
#include "tests/fake_accelerator/plan.hpp"

namespace verge {
namespace {

constexpr std::size_t kElements = std::size_t{fake::kHeight} * fake::kWidth;

std::vector<KernelEntry> kernels(bool with_accelerator) {
    const KernelSet all = all_kernels();
    std::vector<KernelEntry> list(all.begin(), all.end());
    if (with_accelerator) {
        list.push_back(fake::kernel());
    }
    return list;
}

fast::PlanFile file_of(const plan::Draft& draft) {
    auto file = fast::PlanFile::from_bytes(draft.bytes(), {});
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().message());
    return std::move(file).value();
}

std::vector<std::int8_t> outputs_of(const plan::Draft& draft,
                                    bool with_accelerator,
                                    unsigned workers) {
    const auto pool = platform::ThreadPool::create(workers);
    EXPECT_TRUE(pool.ok());
    const auto list = kernels(with_accelerator);
    auto created =
        fast::Runner::create(file_of(draft), {.pool = pool.value().get(), .kernels = list});
    EXPECT_TRUE(created.ok()) << (created.ok() ? "" : created.error().message());
    if (!created.ok()) {
        return {};
    }
    fast::Runner& runner = created.value();
    for (std::size_t i = 0; i < kElements; ++i) {
        runner.port(0)[i] = static_cast<std::byte>(i * 2);
    }
    runner.run();
    std::vector<std::int8_t> y(kElements);
    std::memcpy(y.data(), runner.port(1).data(), kElements);
    return y;
}

class FastFakeAccelerator : public testing::TestWithParam<unsigned> {};

TEST_P(FastFakeAccelerator, GivesTheBitsOfTheStepsThatReplaceIt) {
    std::vector<std::int8_t> wanted;
    for (std::size_t i = 0; i < kElements; ++i) {
        wanted.push_back(fake::expected(static_cast<std::int8_t>(i * 2)));
    }
    const plan::Draft draft = fake::draft_with(fake::program());
    EXPECT_EQ(outputs_of(draft, true, GetParam()), wanted);
    EXPECT_EQ(outputs_of(draft, false, GetParam()), wanted);
}

TEST_P(FastFakeAccelerator, RunsInsteadOfTheStepsThatReplaceIt) {
    // Another program than theirs shows who ran.
    const plan::Draft draft = fake::draft_with(fake::blob_of({{fake::Opcode::negate, 0}}));
    EXPECT_EQ(outputs_of(draft, true, GetParam())[5], -10);
    EXPECT_EQ(outputs_of(draft, false, GetParam())[5], fake::expected(10));
}

INSTANTIATE_TEST_SUITE_P(Workers, FastFakeAccelerator, testing::Values(1U, 2U, 3U));

TEST(FastFakeAccelerator, NamesTheKernelOfEachStepOrSaysThatItIsReplaced) {
    const auto names = [](bool with_accelerator) {
        const auto list = kernels(with_accelerator);
        const auto runner =
            fast::Runner::create(file_of(fake::draft_with(fake::program())), {.kernels = list});
        std::vector<bool> runs;
        for (std::size_t step = 0; step < 3; ++step) {
            runs.push_back(runner.value().kernel(step) != nullptr);
        }
        return runs;
    };
    EXPECT_EQ(names(true), (std::vector{true, false, false}));
    EXPECT_EQ(names(false), (std::vector{false, true, true}));
}

TEST(FastFakeAccelerator, NeedsNoKernelsForTheStepsThatItReplaces) {
    const std::vector<KernelEntry> alone = {fake::kernel()};
    const plan::Draft draft = fake::draft_with(fake::program());
    EXPECT_TRUE(fast::Runner::create(file_of(draft), {.kernels = alone}).ok());
    EXPECT_FALSE(fast::Runner::create(file_of(draft), {.kernels = {}}).ok());
}

}  // namespace
}  // namespace verge
