// slide: the adapter that gives the reference body its operands.

#include "operators/slide/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

std::size_t bytes_of(const plan::Tensor& tensor) {
    return std::size_t{plan::element_count(tensor)} * plan::element_bytes(tensor.type);
}

}  // namespace

void slide_any_any_any_ref(const Call& call, Tiles) noexcept {
    slide_ref::slide(call.in<std::byte>(0), bytes_of(call.input(0)), call.out<std::byte>(0),
                     bytes_of(call.output(0)));
}

}  // namespace verge::kernel
