// arg_max: the adapters that give the reference bodies their operands.

#include "operators/arg_max/kernel_ref.hpp"

#include "operators/arg_max/op.hpp"
#include "operators/elementwise.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {
namespace {

template <typename T, typename Index>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<ArgMax>();
    const elementwise::Range range = elementwise::range_of(call, tiles);
    const movement::Around around =
        movement::around(call.input(0), static_cast<std::uint32_t>(a.axis));
    const std::size_t inner = around.inner_bytes / sizeof(T);
    const T* x = call.in<T>(0);
    auto* y = call.out<Index>(0);
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        const T* line = x + i / inner * around.axis * inner + i % inner;
        y[i] =
            static_cast<Index>(arg_max_ref::arg_max(line, around.axis, inner, a.is_minimum != 0));
    }
}

}  // namespace

void arg_max_f32_none_s32_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::int32_t>(call, tiles);
}

void arg_max_f32_none_s64_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::int64_t>(call, tiles);
}

void arg_max_s8_none_s32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::int32_t>(call, tiles);
}

void arg_max_s8_none_s64_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::int64_t>(call, tiles);
}

void arg_max_u8_none_s32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t, std::int32_t>(call, tiles);
}

void arg_max_u8_none_s64_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t, std::int64_t>(call, tiles);
}

}  // namespace verge::kernel
