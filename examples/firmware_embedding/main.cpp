// A firmware of one's own: runs a plan once, and prints the bytes of its output.
#include "operators/kernel_list.hpp"
#include "ports/board.hpp"
#include "runtime/tiny/verge_kernels.hpp"

namespace verge {
extern "C" const std::byte __model_start[], __model_end[];
constexpr KernelEntry kKernels[] = {  // `verge compile` prints these lines for the model
    VERGE_ENTRY(conv2d, s8, s8, s8, ref, 0, 0),
    VERGE_ENTRY(depthwise_conv2d, s8, s8, s8, ref, 0, 0),
    VERGE_ENTRY(average_pool2d, s8, any, s8, ref, 0, 0),
    VERGE_ENTRY(fully_connected, s8, s8, s8, ref, 0, 0),
    VERGE_ENTRY(softmax, s8, any, s8, ref, 0, 0)};

alignas(64) constinit std::byte memory[16384]{};  // `verge compile` prints how much it needs
constinit verge_model model{};

extern "C" int verge_main() {
    const std::span plan(__model_start, __model_end);
    const verge_fault fault = verge_model_open(&model, plan.data(), plan.size(),
                                               tiny::for_c(kKernels), memory, sizeof memory);
    if (fault.status != 0) {
        return fault.status;
    }
    std::size_t bytes = 0;
    auto* input = static_cast<std::uint8_t*>(verge_model_input(&model, 0, &bytes));
    for (std::size_t i = 0; i < bytes; ++i)
        input[i] = static_cast<std::uint8_t>(i * 7);
    verge_model_run(&model);
    const auto* output = static_cast<const std::uint8_t*>(verge_model_output(&model, 0, &bytes));
    const char* const digits = "0123456789abcdef";
    for (std::size_t i = 0; i < bytes; ++i) {
        const char text[] = {digits[output[i] >> 4U], digits[output[i] & 15U], 0};
        board::put_text(text);
    }
    return 0;
}

}  // namespace verge
