// Fuzzing the whole road: for any bytes, read, import and compile end, and what they make of a
// model opens and runs. ./fuzz_compile CORPUS; fuzz_compile_seeds makes the first corpus.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "tests/fuzz/compile_model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (!verge::fuzz::compile_and_run(std::as_bytes(std::span(data, size)))) {
        std::abort();
    }
    return 0;
}
