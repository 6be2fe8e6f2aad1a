// gather: the adapters that give the reference bodies their operands.

#include "operators/gather/kernel_ref.hpp"

#include "operators/gather/op.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {
namespace {

template <typename Index>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Gather>();
    const plan::Tensor& indices = call.input(1);
    const movement::Around x = movement::around(call.input(0), static_cast<std::uint32_t>(a.axis));
    gather_ref::Sizes sizes{x.axis, x.inner_bytes, plan::element_count(indices), x.outer};
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(a.batch_dims); ++i) {
        sizes.picks /= indices.dims[i];
        sizes.rows_per_batch /= indices.dims[i];
    }
    gather_ref::gather_rows(sizes, call.in<std::byte>(0), call.in<Index>(1), call.out<std::byte>(0),
                            tiles.first, tiles.last);
}

}  // namespace

void gather_any_s32_any_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int32_t>(call, tiles);
}

void gather_any_s64_any_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int64_t>(call, tiles);
}

}  // namespace verge::kernel
