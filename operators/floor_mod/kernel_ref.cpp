// floor_mod: the adapters that give the reference bodies their operands.

#include "operators/floor_mod/kernel_ref.hpp"

#include "operators/broadcast.hpp"

namespace verge::kernel {

void floor_mod_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<float>(call, tiles, floor_mod_ref::mod_f32);
}

void floor_mod_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int32_t>(call, tiles, floor_mod_ref::mod_s32);
}

}  // namespace verge::kernel
