#include "apps/verge/eval/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

namespace verge::apps {

Outcome<Metric> parse_metric(std::string_view name) {
    if (name == "auc") {
        return Metric{MetricKind::auc, 1};
    }
    if (name == "f1") {
        return Metric{MetricKind::f1, 1};
    }
    if (name == "map") {
        return unsupported("map scores detectors, whose boxes are not decoded yet",
                           "top1, top5, auc or f1");
    }
    std::size_t top = 0;
    for (const char c : name.substr(std::min<std::size_t>(name.size(), 3))) {
        top = c >= '0' && c <= '9' && top < 100'000 ? top * 10 + static_cast<std::size_t>(c - '0')
                                                    : 1'000'000;
    }
    if (!name.starts_with("top") || top == 0 || top >= 1'000'000) {
        return bad_input("there is no metric '" + std::string(name) + "'",
                         "top1, top5 (or another number), auc or f1");
    }
    return Metric{MetricKind::top, top};
}

std::vector<std::size_t> best_classes(std::span<const float> scores, std::size_t count) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) { return std::isnan(scores[i]) ? -HUGE_VALF : scores[i]; };
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size()));
    std::ranges::partial_sort(order, end, [&](std::size_t a, std::size_t b) {
        return key(a) != key(b) ? key(a) > key(b) : a < b;
    });
    order.erase(end, order.end());
    return order;
}

std::size_t predicted_class(std::span<const float> scores) {
    if (scores.size() == 1) {
        return scores[0] >= 0.5F ? 1 : 0;
    }
    return best_classes(scores, 1)[0];
}

Outcome<double> area_under_curve(std::vector<ScoredLabel> rows) {
    for (ScoredLabel& row : rows) {
        row.score = std::isnan(row.score) ? -HUGE_VAL : row.score;
    }
    std::ranges::sort(rows, {}, &ScoredLabel::score);
    double below = 0;  // negatives with a lower score
    double pairs = 0;  // in the right order
    double positives = 0;
    for (std::size_t i = 0; i < rows.size();) {
        double equal_positives = 0;
        double equal_negatives = 0;
        std::size_t j = i;
        for (; j < rows.size() && rows[j].score == rows[i].score; ++j) {
            (rows[j].is_positive ? equal_positives : equal_negatives) += 1;
        }
        pairs += equal_positives * (below + equal_negatives / 2);
        below += equal_negatives;
        positives += equal_positives;
        i = j;
    }
    if (positives == 0 || below == 0) {
        return bad_input(std::string("no row is labelled ") + (positives == 0 ? "1" : "0"),
                         "rows of both labels, 0 (normal) and 1");
    }
    return pairs / (positives * below);
}

void Confusion::add(std::size_t label, std::size_t predicted) {
    ++counts_[{label, predicted}];
}

std::vector<std::size_t> Confusion::classes() const {
    std::set<std::size_t> classes;
    for (const auto& [pair, count] : counts_) {
        classes.insert({pair.first, pair.second});
    }
    return {classes.begin(), classes.end()};
}

std::vector<std::vector<std::uint64_t>> Confusion::matrix() const {
    const std::vector<std::size_t> names = classes();
    const auto index = [&](std::size_t name) {
        return static_cast<std::size_t>(std::ranges::lower_bound(names, name) - names.begin());
    };
    std::vector<std::vector<std::uint64_t>> matrix(names.size(),
                                                   std::vector<std::uint64_t>(names.size(), 0));
    for (const auto& [pair, count] : counts_) {
        matrix[index(pair.first)][index(pair.second)] = count;
    }
    return matrix;
}

double Confusion::macro_f1() const {
    const auto counts = matrix();
    double sum = 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
        std::uint64_t both = 0;
        for (std::size_t other = 0; other < counts.size(); ++other) {
            both += counts[c][other] + counts[other][c];
        }
        sum += 2 * static_cast<double>(counts[c][c]) / static_cast<double>(both);
    }
    return counts.empty() ? 0 : sum / static_cast<double>(counts.size());
}

}  // namespace verge::apps
