// lookup: check, rule and kernels of all four pairs of signs.

#include <gtest/gtest.h>

#include "operators/lookup/op.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

std::vector<std::uint8_t> squares() {
    std::vector<std::uint8_t> table(256);
    for (std::uint32_t i = 0; i < 256; ++i) {
        table[i] = static_cast<std::uint8_t>(i * i + 3);
    }
    return table;
}

template <typename In, typename Out>
OneStep make() {
    std::vector<In> values;
    for (int i = 0; i < 256; ++i) {
        values.push_back(static_cast<In>(i));
    }
    return {OpId::lookup,
            Lookup{},
            {test::input({2, 128}, values), test::constant({256}, squares())},
            {test::output(test::type_of<Out>(), {2, 128})}};
}

TEST(Lookup, GivesTheBytesOfItsTableWhateverTheSigns) {
    EXPECT_EQ((make<std::int8_t, std::int8_t>().run<std::uint8_t>()), squares());
    EXPECT_EQ((make<std::uint8_t, std::uint8_t>().run<std::uint8_t>()), squares());
    EXPECT_EQ((make<std::int8_t, std::uint8_t>().run<std::uint8_t>()), squares());
    EXPECT_EQ((make<std::uint8_t, std::int8_t>().run<std::uint8_t>()), squares());
}

TEST(Lookup, WritesOverItsInput) {
    auto step = make<std::int8_t, std::int8_t>();
    std::vector<std::byte> values;
    for (int i = 0; i < 256; ++i) {
        values.push_back(static_cast<std::byte>(i));
    }
    EXPECT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, values, 0), step.run<std::byte>());
}

TEST(Lookup, CheckRefusesAShortTable) {
    auto step = make<std::int8_t, std::int8_t>();
    EXPECT_TRUE(step.check().ok());
    step.draft().tensors[1].dims[0] = 255;
    EXPECT_FALSE(step.check().ok());
}

TEST(Lookup, CheckRefusesAnOutputOfAnotherShape) {
    auto step = make<std::int8_t, std::int8_t>();
    step.draft().tensors[2].dims[0] = 3;
    EXPECT_FALSE(step.check().ok());
}

}  // namespace
}  // namespace verge
