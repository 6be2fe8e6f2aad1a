#include "apps/verge/eval/labels.hpp"

#include <gtest/gtest.h>

namespace verge::apps {
namespace {

TEST(Labels, AreNumbersWhereNoNamesAreGiven) {
    EXPECT_EQ(Labels().class_of(" 17 ").value(), 17U);
    EXPECT_EQ(Labels().name_of(17), "17");
    for (const char* label : {"", "yes", "-1", "1.5", "99999999999999999999"}) {
        EXPECT_FALSE(Labels().class_of(label).ok()) << label;
    }
}

TEST(Labels, AreTheLinesOfTheFileWhereOneIsGiven) {
    const Labels labels = Labels::parse("silence\r\nunknown\n  yes \nno").value();
    EXPECT_EQ(labels.class_of("yes").value(), 2U);
    EXPECT_EQ(labels.class_of("3").value(), 3U);
    EXPECT_EQ(labels.name_of(3), "no");
    EXPECT_EQ(labels.name_of(4), "4");
    EXPECT_EQ(labels.class_of("unknown1").error().remedy, "did you mean 'unknown'");
}

TEST(Labels, RefusesNamesThatStandTwiceAndListsWithout) {
    EXPECT_EQ(Labels::parse("a\nb\na\n").error().what, "line 3 names 'a' as line 1 does");
    EXPECT_FALSE(Labels::parse("").ok());
    EXPECT_TRUE(Labels::parse("a\n\n\nb").ok());
}

}  // namespace
}  // namespace verge::apps
