#pragma once
// The plan: a compiled model, as bytes that run where they lie. The only thing that the compiler
// and the runtimes share. Little-endian; offsets count from the first byte; docs/spec/plan.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "base/result.hpp"

namespace verge::plan {

inline constexpr std::uint32_t kMagic = 0x50475256;  // "VRGP"
inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kMaxRank = 6;
inline constexpr std::size_t kPlanAlignment = 64;  // of the first byte, and of the constants
inline constexpr std::size_t kMaxArenas = 4;
inline constexpr std::uint16_t kAbsent = 0xffff;  // an optional operand that is not there

/// Element types. Values are forever.
enum class Type : std::uint8_t {
    none = 0,
    f32 = 1,
    s8 = 2,
    u8 = 3,
    s16 = 4,
    u16 = 5,
    s32 = 6,
    u32 = 7,
    s64 = 8,
    u64 = 9,
    b8 = 10,   // one byte, 0 or 1
    f16 = 11,  // IEEE 754 binary16
    f64 = 12,
    s4 = 13,     // two per byte, low nibble first
    any = 0xff,  // in kernel lists only: matches every type
};

/// Bytes of one element; s4 counts as one byte per element wherever single elements matter.
[[nodiscard]] constexpr std::uint32_t element_bytes(Type type) {
    switch (type) {
        case Type::s16:
        case Type::u16:
        case Type::f16:
            return 2;
        case Type::f32:
        case Type::s32:
        case Type::u32:
            return 4;
        case Type::s64:
        case Type::u64:
        case Type::f64:
            return 8;
        default:
            return 1;
    }
}

/// Where a tensor lives. From `slot` on, region - slot is the index of a port whose buffer the
/// caller provides (input or output without a copy).
namespace region {
inline constexpr std::uint8_t constants = 0;
inline constexpr std::uint8_t state = 1;
inline constexpr std::uint8_t arena = 2;  // ... arena + kMaxArenas - 1
inline constexpr std::uint8_t slot = arena + kMaxArenas;
}  // namespace region

inline constexpr std::uint32_t kMaxPorts = 32;
/// Arena 0 and states together: less than 2^32 by the largest table of steps, which lies behind.
inline constexpr std::uint32_t kMostMainBytes = 0xfffc0000U;
inline constexpr std::uint32_t kRegionCount = region::slot + kMaxPorts;

struct Header {
    std::uint32_t magic;
    std::uint16_t version;
    std::uint16_t section_count;
    std::uint32_t total_bytes;
    std::uint32_t target;  // id of the target that it was packed for (compiler/targets.inc)
};

/// A required section that the reader does not know makes it refuse the plan; an optional one is
/// skipped.
struct Section {
    std::uint32_t tag;
    std::uint32_t offset;
    std::uint32_t bytes;
    std::uint32_t required;
};

[[nodiscard]] constexpr std::uint32_t tag(const char (&text)[5]) {
    const auto byte = [&](int i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    return byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U;
}

namespace section {
inline constexpr std::uint32_t memory = tag("MEMR");
inline constexpr std::uint32_t tensors = tag("TNSR");
inline constexpr std::uint32_t steps = tag("STEP");
inline constexpr std::uint32_t operands = tag("OPND");
inline constexpr std::uint32_t attributes = tag("ATTR");
inline constexpr std::uint32_t constants = tag("CNST");
inline constexpr std::uint32_t initial_state = tag("STAT");
inline constexpr std::uint32_t ports = tag("PORT");
inline constexpr std::uint32_t strings = tag("STRG");     // optional: names, for people
inline constexpr std::uint32_t metadata = tag("META");    // optional: key and value, for people
inline constexpr std::uint32_t step_names = tag("NAME");  // optional: one u32 into strings a step
}  // namespace section

/// How many bytes of each region a run needs.
struct Memory {
    std::uint32_t state_bytes;
    std::array<std::uint32_t, kMaxArenas> arena_bytes;
    std::uint32_t alignment;  // of each region's first byte; a power of two, at most 64
};

/// A C-ordered tensor whose rows and pixels may lie apart: element (..., y, x, c) stands at
/// offset + image * row_stride * dims[rank-3] + y * row_stride + x * pixel_stride + c * element.
/// Strides are bytes; a dense tensor has pixel_stride = dims[rank-1] * element bytes and
/// row_stride = dims[rank-2] * pixel_stride. Dims beyond `rank` are 1.
struct Tensor {
    Type type;
    std::uint8_t rank;
    std::uint8_t region;
    std::uint8_t reserved;
    std::uint32_t offset;  // from the first byte of the region
    std::uint32_t pixel_stride;
    std::uint32_t row_stride;
    std::array<std::uint32_t, kMaxRank> dims;
};

/// Step flags.
namespace step_flag {
inline constexpr std::uint8_t ordered = 1;  // tiles run one after the other, ascending
}

/// One kernel call: which operator, on which operands, with which attributes.
struct Step {
    std::uint16_t op;
    std::uint8_t layout;  // of the packed constants; 0 is canonical, what `ref` reads
    std::uint8_t flags;
    std::uint8_t input_count;
    std::uint8_t output_count;
    std::uint8_t scratch_count;  // 0 or 1: a last operand, scratch of one worker
    std::uint8_t reserved;
    std::uint32_t first_operand;  // in the operand list: inputs, then outputs, then scratch
    std::uint32_t attributes;     // offset in the attribute section, 4-byte aligned
    std::uint32_t attribute_bytes;
};

/// An input or output of the model.
struct Port {
    std::uint16_t tensor;
    std::uint8_t is_output;
    std::uint8_t reserved;
    std::uint32_t name;  // offset in the strings
    float scale;         // 0: not quantised
    std::int32_t zero_point;
};

static_assert(sizeof(Header) == 16 && std::is_trivially_copyable_v<Header>);
static_assert(sizeof(Section) == 16 && std::is_trivially_copyable_v<Section>);
static_assert(sizeof(Memory) == 24 && std::is_trivially_copyable_v<Memory>);
static_assert(sizeof(Tensor) == 40 && std::is_trivially_copyable_v<Tensor>);
static_assert(sizeof(Step) == 20 && std::is_trivially_copyable_v<Step>);
static_assert(sizeof(Port) == 16 && std::is_trivially_copyable_v<Port>);

/// Elements of a tensor of a View (no overflow: open() has checked it).
[[nodiscard]] constexpr std::uint32_t element_count(const Tensor& tensor) {
    std::uint32_t count = 1;
    for (std::uint32_t i = 0; i < tensor.rank; ++i) {
        count *= tensor.dims[i];
    }
    return count;
}

/// Bytes from the first to behind the last element of a tensor of a View.
[[nodiscard]] constexpr std::uint32_t tensor_bytes(const Tensor& tensor) {
    const std::uint32_t rank = tensor.rank;
    const std::uint32_t line = (rank > 0 ? tensor.dims[rank - 1] : 1) * element_bytes(tensor.type);
    const std::uint32_t pixels = rank > 1 ? tensor.dims[rank - 2] : 1;
    const std::uint32_t row = (pixels - 1) * tensor.pixel_stride + line;
    std::uint32_t rows = 1;
    for (std::uint32_t i = 0; i + 2 < rank; ++i) {
        rows *= tensor.dims[i];
    }
    return (rows - 1) * tensor.row_stride + row;
}

/// True when the elements lie without gaps.
[[nodiscard]] constexpr bool is_dense(const Tensor& tensor) {
    if (tensor.rank == 0) {
        return true;
    }
    const std::uint32_t pixel = tensor.dims[tensor.rank - 1U] * element_bytes(tensor.type);
    return (tensor.rank < 2 || tensor.pixel_stride == pixel) &&
           (tensor.rank < 3 || tensor.row_stride == tensor.dims[tensor.rank - 2U] * pixel);
}

struct Draft;

/// A plan whose every offset, size and alignment has been checked. Whoever holds a View may index
/// without looking. Plain data: copy it.
class View {
public:
    constexpr View() = default;

    /// Checks the whole container once. `bytes` must start on a multiple of 64 and outlive the
    /// View. `Fault::at` names the section, tensor, step or port at fault.
    static Result<View> open(std::span<const std::byte> bytes);

    [[nodiscard]] const Header& header() const { return *header_; }

    [[nodiscard]] const Memory& memory() const { return *memory_; }

    [[nodiscard]] std::span<const Tensor> tensors() const { return tensors_; }

    [[nodiscard]] std::span<const Step> steps() const { return steps_; }

    [[nodiscard]] std::span<const Port> ports() const { return ports_; }

    [[nodiscard]] std::span<const std::byte> constants() const { return constants_; }

    /// The first bytes of the state; what is missing up to Memory::state_bytes is zero.
    [[nodiscard]] std::span<const std::byte> initial_state() const { return initial_state_; }

    /// The tensor indices of a step: inputs, outputs, scratch.
    [[nodiscard]] const std::uint16_t* operands(const Step& step) const {
        return operands_.data() + step.first_operand;
    }

    [[nodiscard]] const std::byte* attributes(const Step& step) const {
        return attributes_.data() + step.attributes;
    }

    /// The name of a port, or "" where the strings were stripped. Ends with a zero.
    [[nodiscard]] const char* name(const Port& port) const;

    /// The name of a step for people, or "" where the names were stripped.
    [[nodiscard]] const char* step_name(std::size_t step) const;

    /// The bytes of any section, or nothing.
    [[nodiscard]] std::span<const std::byte> section(std::uint32_t tag) const;

private:
    friend class Door;
    friend struct Draft;

    const Header* header_ = nullptr;
    const Memory* memory_ = nullptr;
    std::span<const Tensor> tensors_;
    std::span<const Step> steps_;
    std::span<const Port> ports_;
    std::span<const std::uint16_t> operands_;
    std::span<const std::byte> attributes_;
    std::span<const std::byte> constants_;
    std::span<const std::byte> initial_state_;
    std::span<const std::byte> strings_;
};

}  // namespace verge::plan
