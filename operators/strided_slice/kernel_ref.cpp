// strided_slice, the truth: a walk over the input by steps, the output in order.

#include "operators/movement.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge::kernel {

void strided_slice_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const plan::Tensor& x = call.input(0);
    const auto a = call.attributes<StridedSlice>();
    const std::uint32_t element = plan::element_bytes(x.type);
    std::ptrdiff_t x_steps[plan::kMaxRank] = {};
    movement::Walk walk{x.rank == 0 ? 1U : x.rank, element, {1}, {0}, {0}};
    movement::dense_steps(x, x_steps);
    const auto* from = call.in<std::byte>(0);
    auto step = static_cast<std::ptrdiff_t>(element);
    for (std::uint32_t i = x.rank; i-- > 0;) {
        walk.extents[i] = static_cast<std::uint32_t>(a.count[i]);
        walk.to_steps[i] = step;
        // Of a single index the stride may be any number: it is never taken.
        walk.from_steps[i] = a.count[i] == 1 ? 0 : x_steps[i] * a.stride[i];
        from += x_steps[i] * a.begin[i];
        step *= static_cast<std::ptrdiff_t>(walk.extents[i]);
    }
    walk.extents[0] = tiles.last - tiles.first;
    const auto first = static_cast<std::ptrdiff_t>(tiles.first);
    movement::copy(walk, from + first * walk.from_steps[0],
                   call.out<std::byte>(0) + first * walk.to_steps[0]);
}

}  // namespace verge::kernel
