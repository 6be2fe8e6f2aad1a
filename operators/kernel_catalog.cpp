#include "operators/kernel_catalog.hpp"

namespace verge {
namespace {

constexpr KernelInfo kCatalog[] = {
#define VERGE_KERNEL(op, input, weight, output, flavour, needs, layout) \
    {OpId::op,                                                          \
     plan::Type::input,                                                 \
     plan::Type::weight,                                                \
     plan::Type::output,                                                \
     #flavour,                                                          \
     needs,                                                             \
     layout,                                                            \
     #op "_" #input "_" #weight "_" #output "_" #flavour,               \
     #op ", " #input ", " #weight ", " #output ", " #flavour ", " #needs ", " #layout},
#include "operators/all_kernels.inc"
#undef VERGE_KERNEL
};

bool accepts_info(const KernelInfo& info, const Call& call) {
    const KernelEntry entry{info.op,    info.input, info.weight, info.output, info.layout,
                            info.needs, nullptr,    nullptr,     nullptr,     nullptr};
    return accepts(entry, call);
}

}  // namespace

std::span<const KernelInfo> kernel_catalog() {
    return kCatalog;
}

const KernelInfo* find_kernel_info(const Call& call, std::uint16_t features) {
    const KernelInfo* found = nullptr;
    for (const KernelInfo& info : kCatalog) {
        if ((info.needs & ~features) == 0 && accepts_info(info, call)) {
            found = &info;
        }
    }
    return found;
}

}  // namespace verge
