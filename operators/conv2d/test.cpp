// conv2d: rule, import, check and kernels.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <gtest/gtest.h>

#include "base/cpu_here.hpp"
#include "operators/conv2d/op.hpp"
#include "operators/kernel_list.hpp"
#include "operators/lower.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

struct Sizes {
    std::uint32_t h, w, c, o;
    std::int32_t kernel, stride, pad, dilation, groups;
};

Conv2D attributes_of(const Sizes& s) {
    Conv2D a{};
    a.stride_h = a.stride_w = s.stride;
    a.dilation_h = a.dilation_w = s.dilation;
    a.pad_top = a.pad_left = s.pad;
    a.kernel_h = a.kernel_w = s.kernel;
    a.groups = s.groups;
    a.input_offset = 5;
    a.output_offset = -7;
    a.clamp_min = -128;
    a.clamp_max = 127;
    a.float_min = -1e9F;
    a.float_max = 1e9F;
    return a;
}

std::uint32_t outputs_of(std::uint32_t in, const Sizes& s) {
    const auto extent = static_cast<std::uint32_t>((s.kernel - 1) * s.dilation + 1);
    return (in + 2 * static_cast<std::uint32_t>(s.pad) - extent) /
               static_cast<std::uint32_t>(s.stride) +
           1;
}

std::vector<std::int32_t> requant_of(test::Random& random, std::uint32_t channels) {
    std::vector<std::int32_t> table(2 * channels);
    for (std::uint32_t i = 0; i < channels; ++i) {
        table[i] = (1 << 30) + random.between(0, (1 << 30) - 1);
        table[channels + i] = random.between(-12, -4);
    }
    return table;
}

std::vector<std::int8_t> input_of(const Sizes& s, std::uint32_t seed) {
    return test::Random(seed).values<std::int8_t>(std::size_t{s.h} * s.w * s.c, -128, 127);
}

OneStep make_s8(const Sizes& s, std::uint32_t seed) {
    test::Random random(seed + 1);
    const auto k = static_cast<std::uint32_t>(s.kernel);
    const std::uint32_t group_c = s.c / static_cast<std::uint32_t>(s.groups);
    return {OpId::conv2d,
            attributes_of(s),
            {test::input({1, s.h, s.w, s.c}, input_of(s, seed)),
             test::constant({s.o, k, k, group_c},
                            random.values<std::int8_t>(s.o * k * k * group_c, -127, 127)),
             test::constant({s.o}, random.values<std::int32_t>(s.o, -20000, 20000)),
             test::constant({2, s.o}, requant_of(random, s.o))},
            {test::output(plan::Type::s8, {1, outputs_of(s.h, s), outputs_of(s.w, s), s.o})}};
}

TEST(Conv2d, SumsAWindowByHand) {
    Sizes s{3, 3, 1, 1, 2, 1, 0, 1, 1};
    Conv2D a = attributes_of(s);
    const OneStep step(OpId::conv2d, a,
                       {test::input<float>({1, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                        test::constant<float>({1, 2, 2, 1}, {1, 10, 100, 1000}),
                        test::constant<float>({1}, {0.5F})},
                       {test::output(plan::Type::f32, {1, 2, 2, 1})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{5421.5F, 6532.5F, 8754.5F, 9865.5F}));
}

TEST(Conv2d, PadsWithTheZeroPointOfItsInput) {
    Sizes s{1, 1, 1, 1, 3, 1, 1, 1, 1};
    Conv2D a = attributes_of(s);
    a.output_offset = 0;
    const OneStep step(OpId::conv2d, a,
                       {test::input<std::int8_t>({1, 1, 1, 1}, {10}),
                        test::constant<std::int8_t>({1, 3, 3, 1}, {9, 9, 9, 9, 2, 9, 9, 9, 9}),
                        test::constant<std::int32_t>({1}, {1}),
                        test::constant<std::int32_t>({2, 1}, {1 << 30, 1})},
                       {test::output(plan::Type::s8, {1, 1, 1, 1})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{(10 + 5) * 2 + 1}));
}

class EveryConv2dKernel : public testing::TestWithParam<Sizes> {};

TEST_P(EveryConv2dKernel, AgreesWithTheReference) {
    const OneStep step = make_s8(GetParam(), 7);
    ASSERT_TRUE(step.check().ok());
    const auto wanted = step.run<std::int8_t>();
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(step.run<std::int8_t>(variant), wanted) << test::name_of(*variant.kernel);
        EXPECT_EQ(step.run<std::int8_t>(variant, 0, 1), wanted) << test::name_of(*variant.kernel);
    }
}

INSTANTIATE_TEST_SUITE_P(Conv2d,
                         EveryConv2dKernel,
                         testing::Values(Sizes{5, 5, 3, 8, 3, 1, 1, 1, 1},
                                         Sizes{8, 7, 16, 24, 3, 2, 1, 1, 1},
                                         Sizes{6, 6, 64, 64, 1, 1, 0, 1, 1},
                                         Sizes{9, 9, 5, 7, 3, 1, 2, 2, 1},
                                         Sizes{6, 5, 8, 12, 3, 1, 1, 1, 4},
                                         Sizes{4, 4, 33, 17, 1, 1, 0, 1, 1},
                                         Sizes{25, 5, 64, 64, 1, 1, 0, 1, 1},
                                         Sizes{13, 11, 1, 40, 5, 2, 2, 1, 1},
                                         Sizes{1, 1, 131, 49, 1, 1, 0, 1, 1},
                                         Sizes{3, 3, 6, 9, 3, 1, 6, 3, 1},
                                         Sizes{7, 9, 20, 33, 1, 2, 0, 1, 1}));

TEST_P(EveryConv2dKernel, RunsInPlaceInOrderAtTheDistanceThatTheRuleAllows) {
    OneStep step = make_s8(GetParam(), 7);
    const auto wanted = step.run<std::byte>();
    const auto distance = test::overlap_of(step);
    ASSERT_TRUE(distance.has_value());
    const auto input = input_of(GetParam(), 7);
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(test::run_over_input(variant, std::as_bytes(std::span(input)), *distance), wanted)
            << test::name_of(*variant.kernel);
    }
}

TEST(Conv2d, NeedsOnePixelToRunInPlaceWithAOneByOneKernel) {
    const Sizes sizes{6, 7, 8, 8, 1, 1, 0, 1, 1};
    OneStep step = make_s8(sizes, 7);
    const auto wanted = step.run<std::byte>();
    const auto input = input_of(sizes, 7);
    EXPECT_EQ(test::overlap_of(step), 8);
    // The last channel may lie over what its own pixel reads: two bytes less are too few.
    EXPECT_NE(test::run_over_input(step, std::as_bytes(std::span(input)), 6), wanted);
}

TEST(Conv2d, EveryKernelAgreesOnTwoImagesWhosePixelsLieApart) {
    OneStep step = make_s8({7, 6, 12, 20, 3, 1, 1, 1, 1}, 3);
    plan::Draft& draft = step.draft();
    plan::Tensor& x = draft.tensors[0];
    plan::Tensor& y = draft.tensors[4];
    ASSERT_EQ(y.dims[3], 20U);
    // Two images of 3 rows, which read the same bytes as one of 7; pixels of y 3 bytes apart.
    x.dims = {2, 3, 6, 12, 1, 1};
    y.dims = {2, 3, 6, 20, 1, 1};
    y.pixel_stride = 23;
    y.row_stride = 6 * 23 + 5;
    draft.memory.arena_bytes[0] += 1024;
    ASSERT_TRUE(step.check().ok());
    const auto wanted = step.run<std::int8_t>();
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(step.run<std::int8_t>(variant), wanted) << test::name_of(*variant.kernel);
    }
}

/// One product of zero and `bias` per channel: the sums are what the test wants.
OneStep sums_of(const std::vector<std::int32_t>& bias, const std::vector<std::int32_t>& requant) {
    Conv2D a = attributes_of({1, 1, 1, 1, 1, 1, 0, 1, 1});
    a.output_offset = 3;
    const auto channels = static_cast<std::uint32_t>(bias.size());
    return {OpId::conv2d,
            a,
            {test::input<std::int8_t>({1, 1, 1, 1}, {0}),
             test::constant({channels, 1, 1, 1}, std::vector<std::int8_t>(channels)),
             test::constant({channels}, bias), test::constant({2, channels}, requant)},
            {test::output(plan::Type::s8, {1, 1, 1, channels})}};
}

/// A sum that multiplier and shift bring close to `target` + 1/2 (a rounding that must be right),
/// or any sum at all.
std::int32_t sum_near(double target,
                      std::int32_t multiplier,
                      std::int32_t shift,
                      std::int32_t off) {
    const double scale = std::ldexp(static_cast<double>(multiplier), shift - 31);
    const double sum = std::nearbyint((target + 0.5) / scale) + off;
    return static_cast<std::int32_t>(std::clamp(sum, -2147483648.0, 2147483647.0));
}

TEST(Conv2d, EveryKernelRequantisesMillionsOfSumsLikeMultiply) {
    constexpr std::uint32_t kChannels = 1U << 16U;
    const std::int32_t edges[] = {INT32_MIN, INT32_MIN + 1, -(1 << 30), -1, 0,
                                  1,         1 << 30,       INT32_MAX};
    test::Random random(11);
    for (int round = 0; round < 48; ++round) {
        std::vector<std::int32_t> bias(kChannels);
        std::vector<std::int32_t> requant(std::size_t{2} * kChannels);
        for (std::uint32_t i = 0; i < kChannels; ++i) {
            const std::int32_t multiplier =
                i % 64 == 0 ? INT32_MAX : (1 << 30) + random.between(0, (1 << 24) - 1) * 64;
            const std::int32_t shift =
                round < 40 ? random.between(-22, -1) : random.between(-31, 30);
            requant[i] = i % 97 == 0 ? 0 : multiplier;
            requant[kChannels + i] = shift;
            bias[i] = i % 16 == 0  ? edges[i / 16 % 8]
                      : i % 8 == 1 ? static_cast<std::int32_t>(random.next() << 16U ^ random.next())
                                   : sum_near(random.between(-140, 140), multiplier, shift,
                                              random.between(-1, 1));
        }
        const OneStep step = sums_of(bias, requant);
        const auto wanted = step.run<std::int8_t>();
        for (const auto& variant : step.variants()) {
            ASSERT_EQ(step.run<std::int8_t>(variant), wanted) << test::name_of(*variant.kernel);
        }
    }
}

/// All lowerings of conv2d, whatever this CPU can run.
std::vector<const Lowering*> lowerings() {
    std::vector<const Lowering*> found;
    for (const Lowering* lowering : all_lowerings()) {
        if (lowering->op == OpId::conv2d) {
            found.push_back(lowering);
        }
    }
    return found;
}

plan::Draft packed_by(const Lowering& lowering, const plan::Draft& canonical) {
    plan::Draft draft = canonical;
    const plan::View view = canonical.view();
    for (const PackedConstant& constant : lowering.pack(Call(view, view.steps()[0]))) {
        draft.operands[constant.operand] = draft.add_constant(
            plan::dense_tensor(constant.type, constant.dims), constant.bytes, 64);
    }
    draft.steps[0].layout = lowering.layout;
    return draft;
}

Fault check_of(const plan::Draft& draft) {
    const plan::View view = draft.view();
    return kernel::check_conv2d(Call(view, view.steps()[0]));
}

TEST(Conv2d, HasAKernelForEveryBuildOfThisMachine) {
    const OneStep step = make_s8({4, 4, 8, 8, 3, 1, 1, 1, 1}, 1);
    std::size_t wanted = 1;
    for (const KernelEntry& kernel : all_kernels()) {
        wanted +=
            kernel.op == OpId::conv2d && kernel.layout != 0 && (kernel.needs & ~cpu::here()) == 0;
    }
    EXPECT_EQ(step.variants().size(), wanted);
}

TEST(Conv2d, EveryLayoutUnpacksToWhatWasPacked) {
    for (const Sizes& sizes :
         {Sizes{5, 5, 3, 7, 3, 1, 1, 1, 1}, Sizes{2, 2, 64, 33, 1, 1, 0, 1, 1}}) {
        OneStep step = make_s8(sizes, 5);
        const plan::View before = step.draft().view();
        for (const Lowering* lowering : lowerings()) {
            const plan::Draft packed = packed_by(*lowering, step.draft());
            EXPECT_TRUE(check_of(packed).ok());
            const plan::View view = packed.view();
            const auto constants = lowering->unpack(Call(view, view.steps()[0]));
            ASSERT_EQ(constants.size(), 3U);
            for (const PackedConstant& constant : constants) {
                const plan::Tensor& tensor = before.tensors()[constant.operand];
                const auto bytes =
                    before.constants().subspan(tensor.offset, plan::tensor_bytes(tensor));
                EXPECT_TRUE(std::ranges::equal(constant.bytes, bytes))
                    << lowering->flavour << " operand " << constant.operand;
                EXPECT_EQ(constant.dims,
                          (std::vector<std::uint32_t>(tensor.dims.begin(),
                                                      tensor.dims.begin() + tensor.rank)));
            }
        }
    }
}

TEST(Conv2d, GroupsAndForeignOffsetsStayCanonical) {
    OneStep grouped = make_s8({6, 5, 8, 12, 3, 1, 1, 1, 4}, 1);
    OneStep shifted = make_s8({6, 5, 8, 12, 3, 1, 1, 1, 1}, 1);
    const std::int32_t offset = 200;
    std::memcpy(shifted.draft().attributes.data() + offsetof(Conv2D, input_offset), &offset, 4);
    for (OneStep* step : {&grouped, &shifted}) {
        ASSERT_TRUE(step->check().ok());
        const plan::View view = step->draft().view();
        EXPECT_EQ(best_lowering(Call(view, view.steps()[0]), 0xffff), nullptr);
    }
}

TEST(Conv2d, CheckRefusesAWindowWhoseProductsOverflow64Bits) {
    // kernel_h * kernel_w * channels is 2^64 + 55088, and there are 55088 weights.
    OneStep step = make_s8({1, 1, 1, 1, 1, 1, 0, 1, 1}, 1);
    step.draft().tensors[0].dims[3] = 16830254;
    step.draft().tensors[0].pixel_stride = step.draft().tensors[0].row_stride = 16830254;
    step.draft().tensors[1].dims[3] = 55088;
    step.draft().tensors[1].pixel_stride = step.draft().tensors[1].row_stride = 55088;
    const std::int32_t kernel[] = {1047117, 1046728};
    std::memcpy(step.draft().attributes.data() + offsetof(Conv2D, kernel_h), kernel, sizeof kernel);
    EXPECT_EQ(step.check().status, Status::operator_shapes);
}

TEST(Conv2d, CheckRefusesEveryBrokenPackedDescriptor) {
    for (const Lowering* lowering : lowerings()) {
        const auto breaks = [&](auto change) {
            OneStep step = make_s8({5, 5, 4, 10, 3, 1, 1, 1, 1}, 1);
            plan::Draft draft = packed_by(*lowering, step.draft());
            change(draft, draft.tensors[draft.operands[1]], draft.tensors[draft.operands[2]],
                   draft.tensors[draft.operands[3]]);
            return !check_of(draft).ok();
        };
        using plan::Tensor;
        EXPECT_FALSE(breaks([](plan::Draft&, Tensor&, Tensor&, Tensor&) {}));
        EXPECT_TRUE(breaks([](plan::Draft&, Tensor& w, Tensor&, Tensor&) {
            w.dims[0] -= 1;
            w.dims[0] += w.dims[0] == 0 ? 7 : 0;
        }));
        EXPECT_TRUE(breaks(
            [](plan::Draft&, Tensor& w, Tensor&, Tensor&) { w.region = plan::region::arena; }));
        EXPECT_TRUE(
            breaks([](plan::Draft&, Tensor& w, Tensor&, Tensor&) { w.type = plan::Type::u8; }));
        EXPECT_TRUE(breaks([](plan::Draft&, Tensor& w, Tensor&, Tensor&) { w.offset += 1; }));
        EXPECT_TRUE(breaks([](plan::Draft&, Tensor&, Tensor& b, Tensor&) { b.dims[0] -= 1; }));
        EXPECT_TRUE(breaks([](plan::Draft&, Tensor&, Tensor&, Tensor& r) { r.dims[1] -= 1; }));
        EXPECT_TRUE(breaks(
            [](plan::Draft& d, Tensor&, Tensor&, Tensor&) { d.operands[2] = plan::kAbsent; }));
        EXPECT_TRUE(
            breaks([](plan::Draft& d, Tensor&, Tensor&, Tensor&) { d.steps[0].layout = 77; }));
        EXPECT_TRUE(
            breaks([](plan::Draft& d, Tensor&, Tensor&, Tensor&) { d.tensors[0].dims[3] += 4; }));
        EXPECT_TRUE(
            breaks([](plan::Draft& d, Tensor&, Tensor&, Tensor&) { d.tensors[4].dims[3] += 32; }));
        const std::pair<std::size_t, std::int32_t> nonsense[] = {
            {offsetof(Conv2D, kernel_h), 4},      {offsetof(Conv2D, kernel_w), 1 << 20},
            {offsetof(Conv2D, groups), 2},        {offsetof(Conv2D, input_offset), 200},
            {offsetof(Conv2D, weight_offset), 1}, {offsetof(Conv2D, clamp_min), -129},
            {offsetof(Conv2D, clamp_max), 128},   {offsetof(Conv2D, rounding), 1},
            {offsetof(Conv2D, stride_h), -1},     {offsetof(Conv2D, pad_left), -1},
        };
        for (const auto& [offset, value] : nonsense) {
            EXPECT_TRUE(breaks([&](plan::Draft& d, Tensor&, Tensor&, Tensor&) {
                std::memcpy(d.attributes.data() + offset, &value, 4);
            })) << offset;
        }
    }
}

TEST(Conv2d, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        OneStep step = make_s8({5, 5, 4, 8, 3, 1, 1, 1, 1}, 1);
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 9; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[2].dims[0] = 7; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[3].dims[1] = 7; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].rank = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[3] = plan::kAbsent; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[3].region = plan::region::arena; }));
    // Every attribute that decides where a kernel reads, set to nonsense.
    for (std::size_t field = 0; field < 9; ++field) {
        if (field == 4 || field == 5) {
            continue;  // any padding up to the limit is in bounds
        }
        EXPECT_TRUE(breaks([&](plan::Draft& d) {
            const std::int32_t bad = -3;
            std::memcpy(d.attributes.data() + field * 4, &bad, 4);
        })) << field;
    }
}

}  // namespace
}  // namespace verge
