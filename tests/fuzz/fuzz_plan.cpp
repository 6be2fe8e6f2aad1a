// Fuzzing plans: for any bytes, open, create and run end, and touch only plan, arena, state and the
// caller's buffers. ./fuzz_plan CORPUS; fuzz_plan_seeds makes the first corpus.

#include <cstdint>

#include "tests/fuzz/mutate_plan.hpp"
#include "tests/fuzz/run_plan.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    verge::fuzz::run_plan(std::as_bytes(std::span(data, size)));
    return 0;
}

/// Most mutations keep the container sound, so that they reach the operators.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t most,
                                               unsigned seed) {
    const auto bytes = std::as_writable_bytes(std::span(data, size));
    if (seed % 16 == 0 || !verge::fuzz::mutate_plan(bytes, seed)) {
        return LLVMFuzzerMutate(data, size, most);
    }
    return size;
}
