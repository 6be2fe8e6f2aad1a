// shape: the adapters that give the reference bodies their operands.

#include "operators/shape/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {

void shape_any_none_s32_ref(const Call& call, Tiles) noexcept {
    shape_ref::write_dims(call.input(0).dims.data(), call.input(0).rank, call.out<std::int32_t>(0));
}

void shape_any_none_s64_ref(const Call& call, Tiles) noexcept {
    shape_ref::write_dims(call.input(0).dims.data(), call.input(0).rank, call.out<std::int64_t>(0));
}

}  // namespace verge::kernel
