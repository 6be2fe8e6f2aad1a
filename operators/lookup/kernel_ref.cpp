// lookup: the adapters that give the reference body its operands. Signs do not matter to it.

#include "operators/lookup/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

void look_up(const Call& call, Tiles tiles) {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    lookup_ref::run(call.in<std::uint8_t>(1), range.last - range.first,
                    call.in<std::uint8_t>(0) + range.first,
                    call.out<std::uint8_t>(0) + range.first);
}

}  // namespace

void lookup_s8_u8_s8_ref(const Call& call, Tiles tiles) noexcept {
    look_up(call, tiles);
}

void lookup_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    look_up(call, tiles);
}

void lookup_s8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    look_up(call, tiles);
}

void lookup_u8_u8_s8_ref(const Call& call, Tiles tiles) noexcept {
    look_up(call, tiles);
}

}  // namespace verge::kernel
