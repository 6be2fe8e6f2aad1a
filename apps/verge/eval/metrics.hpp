#pragma once
// What `verge eval` computes from scores and labels.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/outcome.hpp"

namespace verge::apps {

enum class MetricKind : std::uint8_t { top, auc, f1 };

/// `top` is K of topK: right when the label is among the K best classes.
struct Metric {
    MetricKind kind = MetricKind::top;
    std::size_t top = 1;
};

/// "top1", "top5" (any number), "auc", "f1".
Outcome<Metric> parse_metric(std::string_view name);

/// The classes of the `count` highest scores, highest first; of equal ones the lower index first.
/// A NaN is lower than every number.
[[nodiscard]] std::vector<std::size_t> best_classes(std::span<const float> scores,
                                                    std::size_t count);

/// The class that the scores stand for. One score alone is the probability of class 1: at least 0.5
/// says 1.
[[nodiscard]] std::size_t predicted_class(std::span<const float> scores);

struct ScoredLabel {
    double score;
    bool is_positive;
};

/// The probability that a positive scores higher than a negative, ties counting half (the area
/// under the ROC curve; Mann and Whitney 1947). NaN is lower than every number. The Error says
/// which label is missing.
Outcome<double> area_under_curve(std::vector<ScoredLabel> rows);

/// How often each class was taken for each.
class Confusion {
public:
    void add(std::size_t label, std::size_t predicted);

    /// Every class that was a label or a prediction, ascending.
    [[nodiscard]] std::vector<std::size_t> classes() const;

    /// Rows by label, columns by prediction, both in the order of classes().
    [[nodiscard]] std::vector<std::vector<std::uint64_t>> matrix() const;

    /// The mean over classes() of 2 * right / (labelled + predicted); 0 when there are none.
    [[nodiscard]] double macro_f1() const;

private:
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> counts_;
};

}  // namespace verge::apps
