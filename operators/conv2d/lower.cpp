// conv2d: packs weights, folded bias and requantisation for the kernels that compute blocks of
// channels, and brings them back.

#include "operators/lower.hpp"

#include <algorithm>
#include <cstring>

#include "base/fixed_point.hpp"
#include "operators/conv2d/layout.hpp"
#include "operators/conv2d/op.hpp"
#include "operators/conv2d/overlap.hpp"

namespace verge {
namespace {

using namespace conv2d_layout;

/// Sizes of a call, before and after packing.
struct Sizes {
    std::uint32_t outputs;
    std::uint32_t depth;  // products of one output
    std::uint32_t packed_outputs;
    std::uint32_t packed_depth;
};

Sizes sizes_of(const Call& call, std::uint8_t layout) {
    const auto a = call.attributes<Conv2D>();
    const std::uint32_t outputs = call.output(0).dims[3];
    const std::uint32_t depth = static_cast<std::uint32_t>(a.kernel_h) *
                                static_cast<std::uint32_t>(a.kernel_w) * call.input(0).dims[3];
    return {outputs, depth, round_up(outputs, kBlocks[layout].outputs),
            round_up(depth, kBlocks[layout].depth)};
}

/// Where product k of output o stands among the packed weights.
std::size_t place(std::uint8_t layout, const Sizes& s, std::uint32_t o, std::uint32_t k) {
    const Blocks& b = kBlocks[layout];
    const std::uint32_t at = layout == kDsp ? dsp_place(k) : k;
    const std::size_t block =
        std::size_t{o / b.outputs} * (s.packed_depth / b.depth) + at / b.depth;
    return (block * b.outputs + o % b.outputs) * b.depth + at % b.depth;
}

template <typename T>
PackedConstant constant(std::size_t operand,
                        plan::Type type,
                        std::vector<std::uint32_t> dims,
                        const std::vector<T>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    return {operand, type, std::move(dims), {bytes.begin(), bytes.end()}};
}

/// What the bias gains: sum of weights times what the kernel's values of x lack of the true ones.
std::int32_t folded(const Conv2D& a,
                    std::uint8_t layout,
                    const std::int8_t* weights,
                    std::uint32_t depth) {
    std::int32_t sum = 0;
    for (std::uint32_t k = 0; k < depth; ++k) {
        sum += weights[k];
    }
    return wrapping_multiply(sum, a.input_offset - kBlocks[layout].shift);
}

template <std::uint8_t Layout>
std::vector<PackedConstant> pack(const Call& call) {
    const auto a = call.attributes<Conv2D>();
    const Sizes s = sizes_of(call, Layout);
    const auto* weights = call.constant<std::int8_t>(1);
    const auto* bias = call.constant<std::int32_t>(2);
    const auto* requant = call.constant<std::int32_t>(3);
    std::vector<std::int8_t> packed(std::size_t{s.packed_outputs} * s.packed_depth);
    std::vector<std::int32_t> sums(s.packed_outputs);
    std::vector<std::int32_t> scales(std::size_t{2} * s.packed_outputs);
    for (std::uint32_t o = 0; o < s.outputs; ++o) {
        const std::int8_t* filter = weights + std::size_t{o} * s.depth;
        for (std::uint32_t k = 0; k < s.depth; ++k) {
            packed[place(Layout, s, o, k)] = filter[k];
        }
        sums[o] = wrapping_add(bias == nullptr ? 0 : bias[o], folded(a, Layout, filter, s.depth));
        scales[o] = requant[o];
        scales[s.packed_outputs + o] = requant[s.outputs + o];
    }
    const Blocks& b = kBlocks[Layout];
    return {constant(1, plan::Type::s8,
                     {s.packed_outputs / b.outputs, s.packed_depth / b.depth, b.outputs, b.depth},
                     packed),
            constant(2, plan::Type::s32, {s.packed_outputs}, sums),
            constant(3, plan::Type::s32, {2, s.packed_outputs}, scales)};
}

template <std::uint8_t Layout>
std::vector<PackedConstant> unpack(const Call& call) {
    const auto a = call.attributes<Conv2D>();
    const Sizes s = sizes_of(call, Layout);
    const auto* packed = call.constant<std::int8_t>(1);
    const auto* sums = call.constant<std::int32_t>(2);
    const auto* scales = call.constant<std::int32_t>(3);
    std::vector<std::int8_t> weights(std::size_t{s.outputs} * s.depth);
    std::vector<std::int32_t> bias(s.outputs);
    std::vector<std::int32_t> requant(std::size_t{2} * s.outputs);
    for (std::uint32_t o = 0; o < s.outputs; ++o) {
        std::int8_t* filter = weights.data() + std::size_t{o} * s.depth;
        for (std::uint32_t k = 0; k < s.depth; ++k) {
            filter[k] = packed[place(Layout, s, o, k)];
        }
        const std::int32_t gained = folded(a, Layout, filter, s.depth);
        bias[o] = wrapping_add(sums[o], wrapping_multiply(gained, -1));
        requant[o] = scales[o];
        requant[s.outputs + o] = scales[s.packed_outputs + o];
    }
    const auto kernel_h = static_cast<std::uint32_t>(a.kernel_h);
    const auto kernel_w = static_cast<std::uint32_t>(a.kernel_w);
    return {constant(1, plan::Type::s8, {s.outputs, kernel_h, kernel_w, call.input(0).dims[3]},
                     weights),
            constant(2, plan::Type::s32, {s.outputs}, bias),
            constant(3, plan::Type::s32, {2, s.outputs}, requant)};
}

bool accepts(const Call& call) {
    const auto a = call.attributes<Conv2D>();
    const bool is_int8 = a.input_offset >= -127 && a.input_offset <= 128 && a.weight_offset == 0 &&
                         a.clamp_min >= -128 && a.clamp_min <= 127 && a.clamp_max >= -128 &&
                         a.clamp_max <= 127 && a.rounding == 0;
    const bool is_constant = call.constant<std::int8_t>(1) != nullptr &&
                             call.constant<std::int32_t>(3) != nullptr &&
                             (!call.has(2) || call.constant<std::int32_t>(2) != nullptr);
    return a.groups == 1 && is_int8 && is_constant && sizes_of(call, 0).depth <= kMostDepth &&
           call.input(0).dims[1] <= 0x7fffffffU && call.input(0).dims[2] <= 0x7fffffffU;
}

/// The largest sum that an output can reach before its requantisation.
std::int64_t largest_sum(std::int32_t bias, const std::int8_t* weights, std::uint32_t depth) {
    std::int64_t sum = bias < 0 ? -std::int64_t{bias} : bias;
    for (std::uint32_t k = 0; k < depth; ++k) {
        sum += 255 * std::abs(weights[k]);
    }
    return sum;
}

/// The dsp kernel doubles sums before it multiplies: it wants one bit more than they have.
bool accepts_dsp(const Call& call) {
    if (!accepts(call)) {
        return false;
    }
    const Sizes s = sizes_of(call, kDsp);
    const auto* weights = call.constant<std::int8_t>(1);
    const auto* bias = call.constant<std::int32_t>(2);
    const std::int32_t* shifts = call.constant<std::int32_t>(3) + s.outputs;
    for (std::uint32_t o = 0; o < s.outputs; ++o) {
        const std::int64_t sum =
            largest_sum(bias == nullptr ? 0 : bias[o], weights + std::size_t{o} * s.depth, s.depth);
        if (sum >= std::int64_t{1} << (30 - std::max(shifts[o], 0))) {
            return false;
        }
    }
    return true;
}

template <std::uint8_t Layout>
constexpr Lowering lowering(std::string_view flavour,
                            std::uint16_t needs,
                            bool (*accepts)(const Call&)) {
    return {OpId::conv2d, flavour, plan::Type::s8, plan::Type::s8, plan::Type::s8, Layout,
            needs,        accepts, pack<Layout>,   unpack<Layout>, overlap};
}

}  // namespace

namespace lower {
extern const Lowering conv2d_dsp = lowering<kDsp>("dsp", cpu::arm_dsp, accepts_dsp);
extern const Lowering conv2d_avx2 = lowering<kAvx2>("avx2", cpu::avx2, accepts);
extern const Lowering conv2d_avx512 =
    lowering<kAvx512>("avx512", cpu::avx2 | cpu::avx512_vnni, accepts);
}  // namespace lower

}  // namespace verge
