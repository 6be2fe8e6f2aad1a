// batch_to_space_nd: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/batch_to_space_nd/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_batch_to_space_nd(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_batch_to_space_nd(const Call&) {
    return 0;
}

Fault check_batch_to_space_nd(const Call& call) {
    constexpr std::int32_t kMost = 1 << 15;
    const bool is_image = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          call.input(0).rank == 4 && call.output(0).rank == 4 &&
                          call.input(0).type == call.output(0).type &&
                          call.input(0).dims[3] == call.output(0).dims[3];
    const auto a = call.attributes<BatchToSpaceNd>();
    if (!check::is_between(a.block_h, 1, kMost) || !check::is_between(a.block_w, 1, kMost) ||
        !check::is_between(a.crop_top, 0, kMost) || !check::is_between(a.crop_left, 0, kMost)) {
        return check::kBadAttributes;
    }
    const std::uint64_t block = std::uint64_t{static_cast<std::uint32_t>(a.block_h)} *
                                static_cast<std::uint32_t>(a.block_w);
    if (!is_image || call.input(0).dims[0] != call.output(0).dims[0] * block) {
        return check::kBadShapes;
    }
    // Every output pixel must have an input pixel.
    const bool fits =
        std::uint64_t{call.output(0).dims[1]} + static_cast<std::uint32_t>(a.crop_top) <=
            std::uint64_t{call.input(0).dims[1]} * static_cast<std::uint32_t>(a.block_h) &&
        std::uint64_t{call.output(0).dims[2]} + static_cast<std::uint32_t>(a.crop_left) <=
            std::uint64_t{call.input(0).dims[2]} * static_cast<std::uint32_t>(a.block_w);
    return fits ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
