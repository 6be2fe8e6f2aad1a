#pragma once
// How the C++ file that lists a program's kernels hands them to verge_model_open(). Freestanding.

#include "operators/kernel.hpp"
#include "runtime/tiny/verge.h"

namespace verge::tiny {

/// `kernels` outlives the model.
[[nodiscard]] constexpr verge_kernels for_c(KernelSet kernels) {
    return {kernels.data(), kernels.size()};
}

}  // namespace verge::tiny
