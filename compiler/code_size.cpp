#include "compiler/code_size.hpp"

#include <algorithm>
#include <string_view>

namespace verge::compiler {
namespace {

struct Size {
    std::string_view kernel;  // arguments of VERGE_ENTRY up to the flavour
    std::uint64_t bytes;
};

constexpr Size kSizes[] = {
#define VERGE_CODE_SIZE(kernel, bytes) {kernel, bytes},
#include "compiler/code_sizes.inc"
#undef VERGE_CODE_SIZE
};

constexpr std::uint64_t kUnknownKernel = 700;

std::uint64_t size_of(std::string_view kernel) {
    const auto* found = std::ranges::find(kSizes, kernel, &Size::kernel);
    return found == std::end(kSizes) ? kUnknownKernel : found->bytes;
}

}  // namespace

std::uint64_t estimate_code_bytes(std::span<const std::string> kernels) {
    std::uint64_t total = size_of("runtime");
    for (const std::string& kernel : kernels) {
        total += size_of(kernel);
    }
    return total;
}

}  // namespace verge::compiler
