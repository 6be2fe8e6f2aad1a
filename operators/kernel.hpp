#pragma once
// What every kernel is given, and how kernels are listed. Freestanding.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "base/cpu.hpp"
#include "operators/op_id.hpp"
#include "plan/plan.hpp"

namespace verge {

/// The first byte of each region; the constants are never written through it (View::open refuses
/// a step that would).
using Bases = std::array<std::byte*, plan::kRegionCount>;

/// One step of a plan with its operands: what kernels, checks and lowerings read. Cheap to make
/// and to copy; everything behind it outlives it. Whoever checks or lowers needs no bases.
class Call {
public:
    Call(const plan::View& plan, const plan::Step& step, const Bases* bases = nullptr)
        : tensors_(plan.tensors().data()),
          operands_(plan.operands(step)),
          step_(&step),
          attributes_(plan.attributes(step)),
          constants_(plan.constants().data()),
          bases_(bases) {}

    /// The same from plain data, for code that was emitted for one plan; all of it was checked
    /// then.
    struct Parts {
        const plan::Tensor* tensors;
        const std::uint16_t* operands;  // of this step
        const plan::Step* step;
        const std::byte* attributes;  // of this step
        const std::byte* constants;
        const Bases* bases;
    };

    explicit Call(const Parts& parts)
        : tensors_(parts.tensors),
          operands_(parts.operands),
          step_(parts.step),
          attributes_(parts.attributes),
          constants_(parts.constants),
          bases_(parts.bases) {}

    [[nodiscard]] const plan::Step& step() const { return *step_; }

    [[nodiscard]] std::size_t input_count() const { return step_->input_count; }

    [[nodiscard]] std::size_t output_count() const { return step_->output_count; }

    /// True when input `index` is listed and present.
    [[nodiscard]] bool has(std::size_t index) const {
        return index < step_->input_count && operands_[index] != plan::kAbsent;
    }

    /// Precondition: has(index).
    [[nodiscard]] const plan::Tensor& input(std::size_t index) const {
        return tensors_[operands_[index]];
    }

    [[nodiscard]] const plan::Tensor& output(std::size_t index) const {
        return tensors_[operands_[step_->input_count + index]];
    }

    /// The data of input `index`. Precondition: has(index), and bases were given.
    template <typename T>
    [[nodiscard]] const T* in(std::size_t index) const {
        return data<const T>(input(index));
    }

    template <typename T>
    [[nodiscard]] T* out(std::size_t index) const {
        return data<T>(output(index));
    }

    /// The data of an input that must be a constant; nullptr when it is absent or is none. Needs
    /// no bases: for checks and lowerings.
    template <typename T>
    [[nodiscard]] const T* constant(std::size_t index) const {
        if (!has(index) || input(index).region != plan::region::constants) {
            return nullptr;
        }
        return reinterpret_cast<const T*>(constants_ + input(index).offset);
    }

    /// The attributes, whose struct only ever grows at the end: what an older plan lacks is zero.
    template <typename Struct>
    [[nodiscard]] Struct attributes() const {
        Struct result{};
        const std::size_t bytes =
            step_->attribute_bytes < sizeof(Struct) ? step_->attribute_bytes : sizeof(Struct);
        std::memcpy(&result, attributes_, bytes);
        return result;
    }

    /// Bytes of the declared scratch operand, or 0.
    [[nodiscard]] std::uint32_t scratch_bytes() const {
        return step_->scratch_count == 0 ? 0 : plan::element_count(scratch_tensor());
    }

    /// This worker's scratch, at least as large as the kernel asked for; nullptr when it asked for
    /// none.
    [[nodiscard]] std::byte* scratch() const { return scratch_; }

    /// The runtime sets it: each worker has its own.
    void set_scratch(std::byte* scratch) { scratch_ = scratch; }

    /// The scratch operand as the plan placed it. Precondition: step().scratch_count == 1.
    [[nodiscard]] std::byte* planned_scratch() const { return data<std::byte>(scratch_tensor()); }

private:
    [[nodiscard]] const plan::Tensor& scratch_tensor() const {
        return tensors_[operands_[step_->input_count + step_->output_count]];
    }

    template <typename T>
    [[nodiscard]] T* data(const plan::Tensor& tensor) const {
        return reinterpret_cast<T*>((*bases_)[tensor.region] + tensor.offset);
    }

    const plan::Tensor* tensors_;
    const std::uint16_t* operands_;
    const plan::Step* step_;
    const std::byte* attributes_;
    const std::byte* constants_;
    const Bases* bases_;
    std::byte* scratch_ = nullptr;
};

/// The part of a step that one kernel call computes.
struct Tiles {
    std::uint32_t first;
    std::uint32_t last;  // one behind
};

/// Computes tiles [first, last). Reads inputs, writes outputs and scratch, touches nothing else.
using Kernel = void (*)(const Call&, Tiles) noexcept;

/// Proves from attributes and descriptors that every kernel of the operator stays in bounds.
using Check = Fault (*)(const Call&);

/// How many independent tiles a step has (at least 1).
using TileCount = std::uint32_t (*)(const Call&);

/// How many bytes of scratch one worker needs.
using ScratchBytes = std::uint32_t (*)(const Call&);

/// A kernel, what it accepts, and what the CPU must have (0: runs anywhere).
struct KernelEntry {
    OpId op;
    plan::Type input;   // of input 0; none: the operator has no inputs
    plan::Type weight;  // of input 1; any: not looked at
    plan::Type output;  // of output 0; none: the operator has no outputs
    std::uint8_t layout;
    std::uint16_t needs;  // cpu:: bits
    Kernel run;
    Check check;
    TileCount tiles;
    ScratchBytes scratch;
};

/// Kernels, oldest first: of those the CPU can run, the last one wins.
using KernelSet = std::span<const KernelEntry>;

[[nodiscard]] inline bool accepts_type(plan::Type listed, plan::Type found) {
    return listed == plan::Type::any || listed == found;
}

/// True when the entry's operator, types and layout are those of the step.
[[nodiscard]] inline bool accepts(const KernelEntry& entry, const Call& call) {
    const plan::Type input = call.has(0) ? call.input(0).type : plan::Type::none;
    const plan::Type weight = call.has(1) ? call.input(1).type : plan::Type::none;
    const plan::Type output = call.output_count() > 0 ? call.output(0).type : plan::Type::none;
    return static_cast<std::uint16_t>(entry.op) == call.step().op &&
           entry.layout == call.step().layout && accepts_type(entry.input, input) &&
           accepts_type(entry.weight, weight) && accepts_type(entry.output, output);
}

}  // namespace verge
