// libFuzzer: any bytes as .npy and as .npz; what is read must survive a round trip.

#include <cstdint>
#include <cstdlib>

#include "formats/npy/npy.hpp"
#include "formats/npy/npz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verge::npy;
    const std::span<const std::byte> file = std::as_bytes(std::span(data, size));
    const auto array = read_npy(file);
    if (array.ok() && read_npy(write_npy(array.value())).value() != array.value()) {
        std::abort();
    }
    const auto arrays = read_npz(file, {.total_bytes = std::uint64_t{1} << 24});
    if (arrays.ok() && read_npz(write_npz(arrays.value()).value()).value() != arrays.value()) {
        std::abort();
    }
    return 0;
}
