#pragma once
// What the checks of the resizing operators share. Freestanding.

#include "operators/check.hpp"

namespace verge::resizing {

/// Proves that input and output are images of one type, equal in number and channels, and small
/// enough that coordinates with ten fraction bits fit 31.
[[nodiscard]] inline Fault check_images(const Call& call) {
    constexpr std::uint32_t kMost = 1U << 19U;
    const bool is_image = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          call.input(0).rank == 4 && call.output(0).rank == 4 &&
                          call.input(0).type == call.output(0).type;
    if (!is_image || call.input(0).dims[0] != call.output(0).dims[0] ||
        call.input(0).dims[3] != call.output(0).dims[3] || call.input(0).dims[1] > kMost ||
        call.input(0).dims[2] > kMost || call.output(0).dims[1] > kMost ||
        call.output(0).dims[2] > kMost) {
        return check::kBadShapes;
    }
    return kOk;
}

}  // namespace verge::resizing
