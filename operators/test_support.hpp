#pragma once
// For tests and benchmarks of operators: a plan with one step, and every kernel that can run it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "operators/all_kernels.hpp"
#include "operators/steps.hpp"
#include "plan/draft.hpp"

namespace verge::test {

/// An operand: type, dims, and bytes (constants and inputs), or no bytes (outputs).
struct Operand {
    plan::Type type = plan::Type::none;
    std::vector<std::uint32_t> dims;
    std::vector<std::byte> bytes;
    bool is_constant = false;
};

template <typename T>
constexpr plan::Type type_of() {
    if constexpr (std::is_same_v<T, float>)
        return plan::Type::f32;
    if constexpr (std::is_same_v<T, std::int8_t>)
        return plan::Type::s8;
    if constexpr (std::is_same_v<T, std::uint8_t>)
        return plan::Type::u8;
    if constexpr (std::is_same_v<T, std::int16_t>)
        return plan::Type::s16;
    if constexpr (std::is_same_v<T, std::uint16_t>)
        return plan::Type::u16;
    if constexpr (std::is_same_v<T, std::int32_t>)
        return plan::Type::s32;
    if constexpr (std::is_same_v<T, std::uint32_t>)
        return plan::Type::u32;
    if constexpr (std::is_same_v<T, std::int64_t>)
        return plan::Type::s64;
    if constexpr (std::is_same_v<T, std::uint64_t>)
        return plan::Type::u64;
    return plan::Type::none;
}

/// An input that is written before the run.
template <typename T>
Operand input(std::vector<std::uint32_t> dims, const std::vector<T>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    return {type_of<T>(), std::move(dims), {bytes.begin(), bytes.end()}, false};
}

/// A constant.
template <typename T>
Operand constant(std::vector<std::uint32_t> dims, const std::vector<T>& values) {
    Operand operand = input(std::move(dims), values);
    operand.is_constant = true;
    return operand;
}

/// An optional input that is absent.
inline Operand absent() {
    return {};
}

inline Operand output(plan::Type type, std::vector<std::uint32_t> dims) {
    return {type, std::move(dims), {}, false};
}

/// A one-step plan of canonical layout.
class OneStep {
public:
    template <typename Struct>
    OneStep(OpId op,
            const Struct& attributes,
            std::vector<Operand> inputs,
            std::vector<Operand> outputs)
        : OneStep(
              op, std::as_bytes(std::span(&attributes, 1)), std::move(inputs), std::move(outputs)) {
    }

    OneStep(OpId op,
            std::span<const std::byte> attributes,
            std::vector<Operand> inputs,
            std::vector<Operand> outputs);

    /// The kernels of this build that accept the step and that this CPU can run, ref first; each
    /// with the plan packed as it wants it.
    struct Variant {
        const KernelEntry* kernel;
        plan::Draft draft;
    };

    [[nodiscard]] std::vector<Variant> variants() const;

    /// What the operator's check says of the canonical step.
    [[nodiscard]] Fault check() const;

    /// Runs the canonical step with its reference kernel and returns output `index`.
    template <typename T>
    [[nodiscard]] std::vector<T> run(std::size_t index = 0) const {
        return as<T>(run_bytes(draft_, *reference(), index));
    }

    /// Runs one variant, in tiles of `grain`.
    template <typename T>
    [[nodiscard]] std::vector<T> run(const Variant& variant,
                                     std::size_t index = 0,
                                     std::uint32_t grain = 1000000) const {
        return as<T>(run_bytes(variant.draft, *variant.kernel, index, grain));
    }

    /// For tests that break a descriptor: the draft itself.
    [[nodiscard]] plan::Draft& draft() { return draft_; }

private:
    template <typename T>
    static std::vector<T> as(const std::vector<std::byte>& bytes) {
        std::vector<T> values(bytes.size() / sizeof(T));
        std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }

    [[nodiscard]] const KernelEntry* reference() const;
    [[nodiscard]] std::vector<std::byte> run_bytes(const plan::Draft& draft,
                                                   const KernelEntry& kernel,
                                                   std::size_t index,
                                                   std::uint32_t grain = 1000000) const;

    plan::Draft draft_;
    std::vector<std::vector<std::byte>> inputs_;
};

/// Pseudo-random values from a fixed seed, the same on every machine.
class Random {
public:
    explicit Random(std::uint32_t seed) : state_(seed) {}

    std::uint32_t next() {
        state_ = state_ * 1664525U + 1013904223U;
        return state_ >> 8U;
    }

    /// In [low, high].
    std::int32_t between(std::int32_t low, std::int32_t high) {
        return low + static_cast<std::int32_t>(next() % static_cast<std::uint32_t>(high - low + 1));
    }

    template <typename T>
    std::vector<T> values(std::size_t count, std::int32_t low, std::int32_t high) {
        std::vector<T> result(count);
        for (T& value : result) {
            value = static_cast<T>(between(low, high));
        }
        return result;
    }

    /// In [-1, 1).
    std::vector<float> floats(std::size_t count) {
        std::vector<float> result(count);
        for (float& value : result) {
            value = static_cast<float>(next() & 0xffffU) / 32768.0F - 1.0F;
        }
        return result;
    }

private:
    std::uint32_t state_;
};

/// For test names: "conv2d_s8_s8_s8_avx2".
[[nodiscard]] inline std::string name_of(const KernelEntry& kernel) {
    return kernel_name(kernel);
}

}  // namespace verge::test
