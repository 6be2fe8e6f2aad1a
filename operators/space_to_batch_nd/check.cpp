// space_to_batch_nd: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/space_to_batch_nd/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_space_to_batch_nd(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_space_to_batch_nd(const Call&) {
    return 0;
}

Fault check_space_to_batch_nd(const Call& call) {
    constexpr std::int32_t kMost = 1 << 15;
    const bool is_image = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          call.input(0).rank == 4 && call.output(0).rank == 4 &&
                          call.input(0).type == call.output(0).type &&
                          call.input(0).dims[3] == call.output(0).dims[3];
    if (!is_image) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<SpaceToBatchNd>();
    if (!check::is_between(a.block_h, 1, kMost) || !check::is_between(a.block_w, 1, kMost) ||
        !check::is_between(a.pad_top, 0, kMost) || !check::is_between(a.pad_left, 0, kMost) ||
        !check::is_between(a.pad_value, -128, 255) ||
        (a.pad_value != 0 && plan::element_bytes(call.input(0).type) != 1)) {
        return check::kBadAttributes;
    }
    const std::uint64_t block = std::uint64_t{static_cast<std::uint32_t>(a.block_h)} *
                                static_cast<std::uint32_t>(a.block_w);
    if (call.output(0).dims[0] != call.input(0).dims[0] * block) {
        return check::kBadShapes;
    }
    const bool fits =
        std::uint64_t{call.output(0).dims[1]} * static_cast<std::uint32_t>(a.block_h) <
            0x40000000U &&
        std::uint64_t{call.output(0).dims[2]} * static_cast<std::uint32_t>(a.block_w) <
            0x40000000U &&
        call.input(0).dims[1] < 0x40000000U && call.input(0).dims[2] < 0x40000000U;
    return fits ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
