// transpose, the truth: a walk over the output in order, the input by its permuted steps.

#include "operators/movement.hpp"
#include "operators/transpose/op.hpp"

namespace verge::kernel {

void transpose_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const auto a = call.attributes<Transpose>();
    std::ptrdiff_t x_steps[plan::kMaxRank] = {};
    movement::Walk walk{y.rank, plan::element_bytes(y.type), {1}, {0}, {0}};
    movement::dense_steps(x, x_steps);
    movement::dense_steps(y, walk.to_steps);
    for (std::uint32_t i = 0; i < y.rank; ++i) {
        walk.extents[i] = y.dims[i];
        walk.from_steps[i] = x_steps[a.axes[i]];
    }
    walk.rank = y.rank == 0 ? 1 : y.rank;
    walk.extents[0] = tiles.last - tiles.first;
    const auto first = static_cast<std::ptrdiff_t>(tiles.first);
    movement::copy(walk, call.in<std::byte>(0) + first * walk.from_steps[0],
                   call.out<std::byte>(0) + first * walk.to_steps[0]);
}

}  // namespace verge::kernel
