// dequantize: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/dequantize/op.hpp"
#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

bool has_sound_scales(const Call& call) {
    const auto a = call.attributes<Dequantize>();
    const plan::Tensor& x = call.input(0);
    if (a.axis < 0 || a.axis >= x.rank || !call.has(2)) {
        return false;
    }
    const std::uint32_t channels = x.dims[static_cast<std::uint32_t>(a.axis)];
    return check::is_vector(call.input(1), plan::Type::f32, channels) &&
           check::is_vector(call.input(2), plan::Type::s32, channels);
}

}  // namespace

std::uint32_t tiles_dequantize(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_dequantize(const Call&) {
    return 0;
}

Fault check_dequantize(const Call& call) {
    const bool is_sound = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          check::has_same_dims(call.input(0), call.output(0)) &&
                          (!call.has(1) || has_sound_scales(call));
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
