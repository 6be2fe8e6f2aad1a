// space_to_batch_nd: the adapters that give the reference bodies their operands.

#include "operators/space_to_batch_nd/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {

void space_to_batch_nd_any_none_any_ref(const Call& call, Tiles tiles) noexcept {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const auto dim = [](const plan::Tensor& tensor, std::size_t i) {
        return static_cast<std::int32_t>(tensor.dims[i]);
    };
    const space_to_batch_nd_ref::Sizes sizes{dim(x, 0),
                                             dim(x, 1),
                                             dim(x, 2),
                                             dim(y, 0),
                                             dim(y, 1),
                                             dim(y, 2),
                                             std::size_t{x.dims[3]} * plan::element_bytes(x.type)};
    space_to_batch_nd_ref::run_rows(call.attributes<SpaceToBatchNd>(), sizes, call.in<std::byte>(0),
                                    call.out<std::byte>(0), tiles.first, tiles.last);
}

}  // namespace verge::kernel
