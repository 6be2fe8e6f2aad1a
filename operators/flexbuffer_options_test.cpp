// The reader of custom options against the format's own writer, and against hostile bytes.

#include "operators/flexbuffer_options.hpp"

#include <gtest/gtest.h>

#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::flexbuffer;

std::int32_t integer(const std::vector<std::byte>& bytes, const char* name) {
    const auto options = FlexbufferOptions::open(bytes);
    EXPECT_TRUE(options.ok());
    const auto number = options.value().integer(name, INT32_MIN, INT32_MAX);
    EXPECT_TRUE(number.ok()) << number.error().message();
    return number.value();
}

TEST(FlexbufferOptions, ReadsIntegersOfEveryWidth) {
    const auto bytes = flexbuffer({{"byte", -5}, {"int", 2147483647}, {"short", 300}, {"zero", 0}});
    EXPECT_EQ(integer(bytes, "byte"), -5);
    EXPECT_EQ(integer(bytes, "short"), 300);
    EXPECT_EQ(integer(bytes, "int"), 2147483647);
    EXPECT_EQ(integer(bytes, "zero"), 0);
}

TEST(FlexbufferOptions, ReadsEveryKindOfIntegerAndLeavesOutTheRest) {
    flexbuffers::Builder builder;
    builder.Map([&] {
        builder.UInt("unsigned", 200);
        builder.Bool("yes", true);
        builder.IndirectInt("far", -70000);
        builder.IndirectUInt("farther", 70000);
        builder.Double("real", 1.5);
        builder.String("text", "words");
    });
    builder.Finish();
    const auto span = std::as_bytes(std::span(builder.GetBuffer()));
    const std::vector<std::byte> bytes(span.begin(), span.end());
    EXPECT_EQ(integer(bytes, "unsigned"), 200);
    EXPECT_EQ(integer(bytes, "yes"), 1);
    EXPECT_EQ(integer(bytes, "far"), -70000);
    EXPECT_EQ(integer(bytes, "farther"), 70000);
    EXPECT_FALSE(FlexbufferOptions::open(bytes).value().integer("real", 0, 9).ok());
    EXPECT_FALSE(FlexbufferOptions::open(bytes).value().integer("text", 0, 9).ok());
}

TEST(FlexbufferOptions, SaysWhichNumberIsMissingOrOutOfRange) {
    const auto options = FlexbufferOptions::open(flexbuffer({{"shift", 40}})).value();
    EXPECT_EQ(options.integer("shift", 0, 31).error().message(),
              "the custom option 'shift' is 40; wanted: an integer from 0 to 31");
    EXPECT_EQ(options.integer("sift", 0, 31).error().message(),
              "the custom options have no 'sift'; wanted: an integer from 0 to 31");
}

TEST(FlexbufferOptions, RefusesWhatIsNoMap) {
    EXPECT_FALSE(FlexbufferOptions::open({}).ok());
    flexbuffers::Builder builder;
    builder.Vector([&] { builder.Int(1); });
    builder.Finish();
    EXPECT_FALSE(FlexbufferOptions::open(std::as_bytes(std::span(builder.GetBuffer()))).ok());
    EXPECT_FALSE(FlexbufferOptions::open(std::vector<std::byte>(100000)).ok());
}

// Run with the address sanitiser: each of these must end without a read outside.
TEST(FlexbufferOptions, StaysInsideTruncatedAndChangedBytes) {
    const auto good = flexbuffer({{"end_index", 241}, {"start_index", 70000}, {"z", 5000000000}});
    std::size_t refused = 0;
    for (std::size_t bytes = 0; bytes < good.size(); ++bytes) {
        const std::vector<std::byte> cut(good.begin(),
                                         good.begin() + static_cast<std::ptrdiff_t>(bytes));
        refused += FlexbufferOptions::open(cut).ok() ? 0 : 1;
    }
    EXPECT_GT(refused, good.size() / 2);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::vector<std::byte> changed = good;
            changed[at] = static_cast<std::byte>(value);
            const auto options = FlexbufferOptions::open(changed);
            refused += options.ok() ? 0 : 1;
        }
    }
    EXPECT_GT(refused, 1000U);
}

}  // namespace
}  // namespace verge
