#include "apps/verge/eval/metrics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace verge::apps {
namespace {

TEST(Metrics, ReadsNamesAndRefusesOthersWithAWord) {
    EXPECT_EQ(parse_metric("top5").value().top, 5U);
    EXPECT_EQ(parse_metric("auc").value().kind, MetricKind::auc);
    for (const char* name :
         {"", "top", "top0", "top1x", "topmost", "accuracy", "top99999999999999999999"}) {
        EXPECT_FALSE(parse_metric(name).ok()) << name;
    }
    EXPECT_EQ(parse_metric("map").error().code, Code::unsupported);
}

TEST(Metrics, PutsTheHighestFirstAndOfEqualsTheLowerIndex) {
    const std::vector<float> scores = {0.2F, 0.5F, NAN, 0.5F, -1.0F};
    EXPECT_EQ(best_classes(scores, 3), (std::vector<std::size_t>{1, 3, 0}));
    EXPECT_EQ(best_classes(scores, 99), (std::vector<std::size_t>{1, 3, 0, 4, 2}));
}

TEST(Metrics, TakesOneScoreForTheProbabilityOfClassOne) {
    EXPECT_EQ(predicted_class(std::vector<float>{0.5F}), 1U);
    EXPECT_EQ(predicted_class(std::vector<float>{0.4F}), 0U);
    EXPECT_EQ(predicted_class(std::vector<float>{0.4F, 0.9F}), 1U);
}

TEST(Metrics, CountsPairsInTheRightOrderAndTiesAsHalf) {
    EXPECT_DOUBLE_EQ(area_under_curve({{1, false}, {2, false}, {3, true}}).value(), 1.0);
    EXPECT_DOUBLE_EQ(area_under_curve({{3, false}, {2, false}, {1, true}}).value(), 0.0);
    EXPECT_DOUBLE_EQ(area_under_curve({{1, false}, {1, true}}).value(), 0.5);
    // By hand: of the pairs (2,1) (2,3) (4,1) (4,3), three are in order.
    EXPECT_DOUBLE_EQ(area_under_curve({{1, false}, {2, true}, {3, false}, {4, true}}).value(),
                     0.75);
}

TEST(Metrics, WantsBothLabelsForTheArea) {
    EXPECT_EQ(area_under_curve({{1, true}}).error().what, "no row is labelled 0");
    EXPECT_EQ(area_under_curve({{1, false}}).error().what, "no row is labelled 1");
    EXPECT_FALSE(area_under_curve({}).ok());
}

TEST(Metrics, TakesScoresThatAreNoNumbersForTheLowest) {
    EXPECT_DOUBLE_EQ(area_under_curve({{NAN, false}, {1, true}, {NAN, true}}).value(), 0.75);
}

TEST(Metrics, KeepsTheConfusionOfTheClassesThatOccur) {
    Confusion confusion;
    confusion.add(7, 7);
    confusion.add(7, 2);
    confusion.add(2, 2);
    confusion.add(900, 7);
    EXPECT_EQ(confusion.classes(), (std::vector<std::size_t>{2, 7, 900}));
    EXPECT_EQ(confusion.matrix(),
              (std::vector<std::vector<std::uint64_t>>{{1, 0, 0}, {1, 1, 0}, {0, 1, 0}}));
    // By hand: class 2: 2/3, class 7: 2/4, class 900: 0.
    EXPECT_NEAR(confusion.macro_f1(), (2.0 / 3 + 0.5) / 3, 1e-12);
    EXPECT_EQ(Confusion().macro_f1(), 0);
}

}  // namespace
}  // namespace verge::apps
