#include "operators/in_place.hpp"

#include "operators/lower.hpp"
#include "operators/rule.hpp"

namespace verge {

std::optional<std::int64_t> overlap_distance(const Call& call, std::size_t input) {
    auto overlap = row(static_cast<OpId>(call.step().op)).rule->overlap;
    if (call.step().layout != 0) {
        const Lowering* lowering = lowering_of(call);
        overlap = lowering == nullptr ? nullptr : lowering->overlap;
    }
    return overlap == nullptr || !call.has(input) ? std::nullopt : overlap(call, input);
}

bool is_free_in_place(const Call& call, std::size_t input) {
    if (overlap_distance(call, input) != 0) {
        return false;
    }
    const plan::Tensor& from = call.input(input);
    const plan::Tensor& to = call.output(0);
    return from.rank == to.rank && from.dims == to.dims &&
           plan::element_bytes(from.type) == plan::element_bytes(to.type) && plan::is_dense(from) &&
           plan::is_dense(to);
}

}  // namespace verge
