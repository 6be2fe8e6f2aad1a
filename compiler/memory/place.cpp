#include "compiler/memory/place.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace verge::compiler {
namespace {

using Order = std::vector<std::size_t>;

bool is_alive_together(const Buffer& a, const Buffer& b) {
    return a.first <= b.last && b.first <= a.last;
}

/// Addresses that a new buffer may not start at, as a half-open interval.
struct Forbidden {
    std::int64_t from;
    std::int64_t to;
};

class Placer {
public:
    Placer(const std::vector<Buffer>& buffers,
           const std::vector<Overlap>& overlaps,
           std::uint64_t alignment)
        : buffers_(buffers), overlaps_(overlaps), alignment_(alignment) {}

    Placement run(const Order& order) {
        offsets_.assign(buffers_.size(), std::nullopt);
        for (const std::size_t buffer : order) {
            offsets_[buffer] = lowest_offset(buffer);
        }
        return collect();
    }

private:
    /// The interval of starts of `buffer` that collide with the placed `other`.
    [[nodiscard]] Forbidden forbidden(std::size_t buffer, std::size_t other) const {
        const auto size = static_cast<std::int64_t>(buffers_[buffer].bytes);
        const auto start = static_cast<std::int64_t>(*offsets_[other]);
        const auto other_size = static_cast<std::int64_t>(buffers_[other].bytes);
        Forbidden interval{start - size + 1, start + other_size};
        for (const Overlap& overlap : overlaps_) {
            const auto distance = static_cast<std::int64_t>(overlap.distance);
            if (overlap.output == buffer && overlap.input == other) {
                interval.from = std::max(interval.from, start - distance + 1);
            } else if (overlap.output == other && overlap.input == buffer) {
                interval.to = std::min(interval.to, start + distance);
            }
        }
        return interval;
    }

    [[nodiscard]] std::uint64_t align(std::int64_t offset) const {
        const auto positive = static_cast<std::uint64_t>(std::max<std::int64_t>(offset, 0));
        return (positive + alignment_ - 1) / alignment_ * alignment_;
    }

    /// The lowest start that is forbidden by no placed buffer of the same time.
    [[nodiscard]] std::uint64_t lowest_offset(std::size_t buffer) const {
        std::vector<Forbidden> intervals;
        for (std::size_t other = 0; other < buffers_.size(); ++other) {
            if (offsets_[other].has_value() &&
                is_alive_together(buffers_[buffer], buffers_[other])) {
                intervals.push_back(forbidden(buffer, other));
            }
        }
        std::ranges::sort(intervals, {}, &Forbidden::from);
        std::uint64_t offset = 0;
        // An interval may be jumped into again after a later one was left: repeat until none holds.
        for (bool moved = true; moved;) {
            moved = false;
            for (const Forbidden& interval : intervals) {
                const auto start = static_cast<std::int64_t>(offset);
                if (start >= interval.from && start < interval.to) {
                    offset = align(interval.to);
                    moved = true;
                }
            }
        }
        return offset;
    }

    [[nodiscard]] bool is_in_use(const Overlap& overlap) const {
        const std::uint64_t out = *offsets_[overlap.output];
        const std::uint64_t in = *offsets_[overlap.input];
        return out < in + buffers_[overlap.input].bytes &&
               in < out + buffers_[overlap.output].bytes;
    }

    [[nodiscard]] Placement collect() const {
        Placement placement;
        for (std::size_t i = 0; i < buffers_.size(); ++i) {
            placement.offsets.push_back(*offsets_[i]);
            placement.bytes = std::max(placement.bytes, *offsets_[i] + buffers_[i].bytes);
        }
        for (std::size_t i = 0; i < overlaps_.size(); ++i) {
            if (is_in_use(overlaps_[i])) {
                placement.overlaps.push_back(i);
            }
        }
        return placement;
    }

    const std::vector<Buffer>& buffers_;
    const std::vector<Overlap>& overlaps_;
    std::uint64_t alignment_;
    std::vector<std::optional<std::uint64_t>> offsets_;
};

template <typename Key>
Order sorted(const std::vector<Buffer>& buffers, Key key) {
    Order order(buffers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return key(buffers[i]); });
    return order;
}

std::vector<Order> first_orders(const std::vector<Buffer>& buffers) {
    const auto life = [](const Buffer& b) { return std::int64_t{b.last} - b.first; };
    const auto size = [](const Buffer& b) { return static_cast<std::int64_t>(b.bytes); };
    return {
        sorted(buffers, [&](const Buffer& b) { return -size(b); }),
        sorted(buffers, [&](const Buffer& b) { return -life(b); }),
        sorted(buffers, [&](const Buffer& b) { return -life(b) * size(b); }),
        sorted(buffers, [&](const Buffer& b) { return std::int64_t{b.first}; }),
        sorted(buffers, [&](const Buffer& b) { return -std::int64_t{b.last}; }),
    };
}

/// The order with each buffer that reaches the top of the arena moved to the front.
Order with_peak_first(const Order& order,
                      const std::vector<Buffer>& buffers,
                      const Placement& placement) {
    Order result = order;
    std::ranges::stable_partition(result, [&](std::size_t i) {
        return placement.offsets[i] + buffers[i].bytes == placement.bytes;
    });
    return result;
}

/// A small deterministic generator for the local search.
class Dice {
public:
    std::size_t below(std::size_t limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33U) % limit;
    }

private:
    std::uint64_t state_ = 1;
};

constexpr int kRepairs = 24;
constexpr int kSwaps = 600;

/// Swaps pairs in the order and keeps what is not worse.
void improve(Placer& placer, Order& order, Placement& best) {
    Dice dice;
    for (int i = 0; i < kSwaps && order.size() > 1; ++i) {
        Order trial = order;
        std::swap(trial[dice.below(trial.size())], trial[dice.below(trial.size())]);
        Placement placement = placer.run(trial);
        if (placement.bytes <= best.bytes) {
            best = std::move(placement);
            order = std::move(trial);
        }
    }
}

}  // namespace

Placement place(const std::vector<Buffer>& buffers,
                const std::vector<Overlap>& overlaps,
                std::uint64_t alignment) {
    Placer placer(buffers, overlaps, alignment);
    std::optional<Placement> best;
    Order best_order;
    for (Order order : first_orders(buffers)) {
        for (int i = 0; i < kRepairs; ++i) {
            Placement placement = placer.run(order);
            const Order next = with_peak_first(order, buffers, placement);
            if (!best.has_value() || placement.bytes < best->bytes) {
                best = std::move(placement);
                best_order = order;
            }
            if (next == order) {
                break;
            }
            order = next;
        }
    }
    if (buffers.size() <= 400) {
        improve(placer, best_order, *best);
    }
    return *best;
}

std::string draw(const std::vector<Buffer>& buffers, const Placement& placement) {
    std::uint32_t steps = 0;
    for (const Buffer& buffer : buffers) {
        steps = std::max(steps, buffer.last + 1);
    }
    std::string text;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        std::string line(steps, '.');
        std::fill(line.begin() + buffers[i].first, line.begin() + buffers[i].last + 1, '#');
        text += line + " " + std::to_string(placement.offsets[i]) + "+" +
                std::to_string(buffers[i].bytes) + " " + buffers[i].name + "\n";
    }
    return text + std::to_string(placement.bytes) + " bytes\n";
}

}  // namespace verge::compiler
