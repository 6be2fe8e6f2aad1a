// foreign: what must hold for every accelerator; each accelerator's own kernel entry adds its
// check.

#include "operators/check.hpp"

namespace verge::kernel {

std::uint32_t tiles_foreign(const Call&) {
    return 1;
}

std::uint32_t scratch_foreign(const Call& call) {
    return call.scratch_bytes();
}

Fault check_foreign(const Call& call) {
    const std::size_t blob = call.input_count() - 1;
    const bool is_sound = call.input_count() > 0 && call.step().layout != 0 &&
                          call.constant<std::byte>(blob) != nullptr && check::is_all_dense(call);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
