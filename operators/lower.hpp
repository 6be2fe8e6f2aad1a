#pragma once
// How constants are laid out for a kernel that does not read the canonical layout: packing is done
// at compile time for the target, or once at create() when the machine is another one. Portable:
// built on the host for every target.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "operators/kernel.hpp"

namespace verge {

/// What a constant operand becomes: its descriptor (type, dims; region and offset are set later)
/// and its bytes. A dense tensor.
struct PackedConstant {
    std::size_t operand;  // which input
    plan::Type type;
    std::vector<std::uint32_t> dims;
    std::vector<std::byte> bytes;
};

/// One packed layout of one operator. The types are those of the kernels that read it.
struct Lowering {
    OpId op;
    std::string_view flavour;
    plan::Type input;
    plan::Type weight;  // of the canonical weights
    plan::Type output;
    std::uint8_t layout;  // never 0
    std::uint16_t needs;  // cpu:: bits of the kernel that reads it

    /// True when the kernel can run this canonical call.
    bool (*accepts)(const Call& canonical);

    /// The constant operands that change, from a canonical call.
    std::vector<PackedConstant> (*pack)(const Call& canonical);

    /// The canonical constants, from a packed call. pack and unpack are inverses.
    std::vector<PackedConstant> (*unpack)(const Call& packed);

    /// As Rule::overlap, for this kernel; nullptr: never.
    std::optional<std::int64_t> (*overlap)(const Call& call, std::size_t input) = nullptr;
};

/// All packed layouts of all operators, worst first: of those a CPU can run, the last one wins.
[[nodiscard]] std::span<const Lowering* const> all_lowerings();

/// The lowering that made a packed call's layout, or nullptr.
[[nodiscard]] const Lowering* lowering_of(const Call& packed);

/// The best layout for a canonical call on a CPU with `features`, or nullptr for the canonical one.
[[nodiscard]] const Lowering* best_lowering(const Call& canonical, std::uint16_t features);

}  // namespace verge
