#include "operators/all_kernels.hpp"

#include <array>
#include <cstddef>

#include "operators/kernel_list.hpp"

namespace verge {
namespace {

constexpr KernelEntry kEntries[] = {
#define VERGE_KERNEL(op, input, weight, output, flavour, needs, layout)                  \
    VERGE_BUILT_##flavour(VERGE_ENTRY(op, input, weight, output, flavour, needs, layout) \
                              VERGE_COMMA)
#include "operators/all_kernels.inc"
#undef VERGE_KERNEL
};

constexpr const char* kNames[] = {
#define VERGE_KERNEL(op, input, weight, output, flavour, needs, layout) \
    VERGE_BUILT_##flavour(#op "_" #input "_" #weight "_" #output "_" #flavour VERGE_COMMA)
#include "operators/all_kernels.inc"
#undef VERGE_KERNEL
};

}  // namespace

KernelSet all_kernels() {
    return kEntries;
}

const char* kernel_name(const KernelEntry& entry) {
    const std::ptrdiff_t index = &entry - std::data(kEntries);
    return kNames[index];
}

}  // namespace verge
