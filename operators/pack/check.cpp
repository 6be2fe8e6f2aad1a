// pack: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/movement.hpp"
#include "operators/pack/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_pack(const Call& call) {
    return movement::around(call.output(0),
                            static_cast<std::uint32_t>(call.attributes<Pack>().axis))
        .outer;
}

std::uint32_t scratch_pack(const Call&) {
    return 0;
}

Fault check_pack(const Call& call) {
    const auto a = call.attributes<Pack>();
    if (!check::has_operands(call, 1) || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    const plan::Tensor& whole = call.output(0);
    if (a.axis < 0 || a.axis >= whole.rank) {
        return check::kBadAttributes;
    }
    const auto axis = static_cast<std::uint32_t>(a.axis);
    bool is_sound = whole.dims[axis] == call.input_count();
    for (std::size_t i = 0; i < call.input_count() && is_sound; ++i) {
        is_sound = call.has(i) && call.input(i).type == whole.type &&
                   movement::is_slice_of(call.input(i), whole, axis);
    }
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
