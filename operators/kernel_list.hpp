#pragma once
// How a line of a kernels.inc becomes a declaration and an entry. A firmware includes this, then
// lists its own kernels with VERGE_ENTRY.
//
// VERGE_KERNEL(op, input, weight, output, flavour, needs, layout)
//   types of input 0, input 1 and output 0 (`any`: not looked at; `none`: there is none),
//   needs: cpu:: bits or 0; layout: id of the packed constants (0: canonical).
// It names the function verge::kernel::<op>_<input>_<weight>_<output>_<flavour>. The check.cpp of
// the operator defines check_<op>, tiles_<op> and scratch_<op>, which may look at step().layout.

#include "operators/kernel.hpp"

#define VERGE_COMMA ,
#define VERGE_ENTRY(op, input, weight, output, flavour, needs, layout)                      \
    KernelEntry {                                                                           \
        OpId::op, plan::Type::input, plan::Type::weight, plan::Type::output, layout, needs, \
            &kernel::op##_##input##_##weight##_##output##_##flavour, &kernel::check_##op,   \
            &kernel::tiles_##op, &kernel::scratch_##op                                      \
    }

namespace verge::kernel {

#define VERGE_KERNEL(op, input, weight, output, flavour, needs, layout) \
    void op##_##input##_##weight##_##output##_##flavour(const Call&, Tiles) noexcept;
#include "operators/all_kernels.inc"
#undef VERGE_KERNEL

#define VERGE_OPERATOR(id, folder, Struct)          \
    Fault check_##folder(const Call& call);         \
    std::uint32_t tiles_##folder(const Call& call); \
    std::uint32_t scratch_##folder(const Call& call);
#include "operators/operators.inc"
#undef VERGE_OPERATOR

}  // namespace verge::kernel
