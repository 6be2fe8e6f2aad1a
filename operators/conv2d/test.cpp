// conv2d: rule, import, check and kernels.

#include <gtest/gtest.h>

#include "operators/conv2d/op.hpp"
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

OneStep make_s8(const Sizes& s, std::uint32_t seed) {
    test::Random random(seed);
    const auto k = static_cast<std::uint32_t>(s.kernel);
    const std::uint32_t group_c = s.c / static_cast<std::uint32_t>(s.groups);
    return {
        OpId::conv2d,
        attributes_of(s),
        {test::input({1, s.h, s.w, s.c}, random.values<std::int8_t>(s.h * s.w * s.c, -128, 127)),
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
                                         Sizes{4, 4, 33, 17, 1, 1, 0, 1, 1}));

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
