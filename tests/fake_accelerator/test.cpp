// Foreign steps: the same plan gives the same bits with the accelerator and without it.

#include <cstring>

#include <gtest/gtest.h>

#include "operators/all_kernels.hpp"
#include "runtime/tiny/runner.hpp"
#include "tests/fake_accelerator/plan.hpp"

namespace verge {
namespace {

constexpr std::size_t kElements = std::size_t{fake::kHeight} * fake::kWidth;

/// A finished plan at an address that may be opened.
class Opened {
public:
    explicit Opened(const plan::Draft& draft) {
        const std::vector<std::byte> bytes = draft.bytes();
        memory_.resize(bytes.size() / sizeof(Line) + 1);
        std::memcpy(memory_.data(), bytes.data(), bytes.size());
        bytes_ = {reinterpret_cast<const std::byte*>(memory_.data()), bytes.size()};
    }

    [[nodiscard]] Result<plan::View> view() const { return plan::View::open(bytes_); }

private:
    struct alignas(64) Line {
        std::byte bytes[64];
    };

    std::vector<Line> memory_;
    std::span<const std::byte> bytes_;
};

std::vector<KernelEntry> kernels(bool with_accelerator) {
    const KernelSet all = all_kernels();
    std::vector<KernelEntry> list(all.begin(), all.end());
    if (with_accelerator) {
        list.push_back(fake::kernel());
    }
    return list;
}

struct alignas(64) Memory {
    std::byte bytes[4096];
};

Fault fault_of(const plan::Draft& draft, bool with_accelerator) {
    const Opened opened(draft);
    EXPECT_TRUE(opened.view().ok());
    Memory memory;
    const auto list = kernels(with_accelerator);
    return tiny::Runner::create(opened.view().value(), {memory.bytes}, {list}).fault();
}

std::vector<std::int8_t> outputs_of(const plan::Draft& draft,
                                    const std::vector<KernelEntry>& list) {
    const Opened opened(draft);
    Memory memory;
    const auto created = tiny::Runner::create(opened.view().value(), {memory.bytes}, {list});
    EXPECT_TRUE(created.ok());
    if (!created.ok()) {
        return {};
    }
    tiny::Runner runner = created.value();
    for (std::size_t i = 0; i < kElements; ++i) {
        runner.port(0)[i] = static_cast<std::byte>(i * 2);
    }
    runner.run();
    std::vector<std::int8_t> y(kElements);
    std::memcpy(y.data(), runner.port(1).data(), kElements);
    return y;
}

TEST(FakeAccelerator, GivesTheBitsOfTheStepsThatReplaceIt) {
    std::vector<std::int8_t> wanted;
    for (std::size_t i = 0; i < kElements; ++i) {
        wanted.push_back(fake::expected(static_cast<std::int8_t>(i * 2)));
    }
    const plan::Draft draft = fake::draft_with(fake::program());
    EXPECT_EQ(outputs_of(draft, kernels(true)), wanted);
    EXPECT_EQ(outputs_of(draft, kernels(false)), wanted);
}

TEST(FakeAccelerator, RunsInsteadOfTheStepsThatReplaceIt) {
    // Another program than theirs shows who ran.
    const plan::Draft draft = fake::draft_with(fake::blob_of({{fake::Opcode::negate, 0}}));
    EXPECT_EQ(outputs_of(draft, kernels(true))[5], -10);
    EXPECT_EQ(outputs_of(draft, kernels(false))[5], fake::expected(10));
}

TEST(FakeAccelerator, RefusesHostileBlobsThatAMachineWithoutItNeverReads) {
    const std::vector<std::uint8_t> good = fake::program();
    for (std::size_t bytes = 1; bytes < good.size(); ++bytes) {
        const std::vector<std::uint8_t> cut(good.begin(),
                                            good.begin() + static_cast<std::ptrdiff_t>(bytes));
        EXPECT_EQ(fault_of(fake::draft_with(cut), true).status, Status::operator_attributes)
            << bytes;
        EXPECT_TRUE(fault_of(fake::draft_with(cut), false).ok()) << bytes;
    }
    for (const std::size_t position : {0U, 3U, 4U, 5U, 7U}) {  // magic, count and opcodes
        std::vector<std::uint8_t> changed = good;
        changed[position] = 0xee;
        EXPECT_EQ(fault_of(fake::draft_with(changed), true).status, Status::operator_attributes)
            << position;
    }
}

TEST(FakeAccelerator, RefusesBrokenSteps) {
    const auto status = [](auto change) {
        plan::Draft draft = fake::draft_with(fake::program());
        change(draft);
        return fault_of(draft, true).status;
    };
    EXPECT_EQ(status([](plan::Draft&) {}), Status::ok);
    // Tensor 0 is x, 2 is y, 3 the local memory, 4 the blob; the convolutions stay sound.
    EXPECT_EQ(status([](plan::Draft& d) { d.steps[0].scratch_count = 0; }), Status::scratch_small);
    EXPECT_EQ(status([](plan::Draft& d) { d.tensors[3].dims[0] = 32; }), Status::scratch_small);
    EXPECT_EQ(status([](plan::Draft& d) { d.operands[1] = 0; }), Status::ok);  // no kernel takes it
    EXPECT_EQ(status([](plan::Draft& d) { d.operands[2] = 3; }), Status::ok);
    EXPECT_EQ(status([](plan::Draft& d) { d.tensors[4].region = plan::region::arena; }),
              Status::operator_shapes);
}

TEST(FakeAccelerator, NeedsNoKernelsForTheStepsThatItReplaces) {
    const plan::Draft draft = fake::draft_with(fake::program());
    const std::vector<KernelEntry> alone = {fake::kernel()};
    EXPECT_EQ(outputs_of(draft, alone), outputs_of(draft, kernels(true)));
    const Opened opened(draft);
    Memory memory;
    EXPECT_EQ(tiny::Runner::create(opened.view().value(), {memory.bytes}, {{}}).fault().status,
              Status::kernel_missing);
}

TEST(FakeAccelerator, WantsItsScratchOnAMultipleOf16) {
    plan::Draft draft = fake::draft_with(fake::program());
    draft.tensors[3].offset -= 4;
    EXPECT_EQ(fault_of(draft, true).status, Status::misaligned);
    EXPECT_TRUE(fault_of(draft, false).ok());
    draft = fake::draft_with(fake::program());
    draft.memory.alignment = 8;
    EXPECT_EQ(fault_of(draft, true).status, Status::misaligned);
}

TEST(FakeAccelerator, RefusesToReplaceMoreStepsThanThereAre) {
    for (const std::uint32_t replaces : {3U, 0x7fffffffU, 0xffffffffU}) {
        plan::Draft draft = fake::draft_with(fake::program());
        std::memcpy(draft.attributes.data(), &replaces, sizeof replaces);
        EXPECT_EQ(fault_of(draft, true).status, Status::plan_step);
        EXPECT_EQ(fault_of(draft, false).status, Status::plan_step);
    }
}

}  // namespace
}  // namespace verge
