// Hands every kernel of the installed library to the C program.

#include "operators/all_kernels.hpp"
#include "runtime/tiny/verge_kernels.hpp"

extern "C" verge_kernels all_kernels() {
    return verge::tiny::for_c(verge::all_kernels());
}
