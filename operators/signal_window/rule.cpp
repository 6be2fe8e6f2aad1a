// signal_window: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_window/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalWindow, shift),
};

/// Each element is read before it is written; the other inputs are no rooms to write into.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, input) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule signal_window{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
