#include "tests/fuzz/mutate_plan.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "operators/op_id.hpp"
#include "plan/plan.hpp"

namespace verge::fuzz {
namespace {

constexpr std::uint32_t kInteresting[] = {
    0,          1,          2,          3,          4,          5,          6,          7,
    8,          15,         16,         20,         24,         30,         31,         32,
    63,         64,         127,        128,        255,        256,        4095,       4096,
    32767,      32768,      65535,      65536,      1U << 20U,  1U << 24U,  1U << 30U,  0x7ffffffe,
    0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0xfffffffe, 0xffffffe1, 0xffffffe0, 0xffffff80,
    0x3f800000, 0x7f800000, 0x7fc00000, 0xff800000, 0x5f000000, 0x4f000000, 0xcf000000, 0x00000001,
};

constexpr std::uint16_t kOps[] = {
#define VERGE_OPERATOR(id, folder, Struct) id,
#include "operators/operators.inc"
#undef VERGE_OPERATOR
};

class Mutator {
public:
    Mutator(std::span<std::byte> bytes, std::uint32_t seed) : bytes_(bytes), state_(seed) {}

    [[nodiscard]] bool has_table() const {
        if (bytes_.size() < sizeof(plan::Header)) {
            return false;
        }
        const auto header = load<plan::Header>(0);
        return header.magic == plan::kMagic && header.section_count > 0 &&
               sizeof(plan::Header) + header.section_count * sizeof(plan::Section) <= bytes_.size();
    }

    void mutate() {
        // A section that lies over the header may take the table away.
        for (std::uint32_t left = 1 + below(4); left > 0 && has_table(); --left) {
            change();
        }
        if (below(8) != 0 && has_table()) {
            make_room();
        }
    }

private:
    std::uint32_t next() {
        state_ = state_ * 1664525U + 1013904223U;
        return state_ >> 8U;
    }

    std::uint32_t below(std::uint32_t limit) { return next() % limit; }

    template <typename T>
    [[nodiscard]] T load(std::size_t at) const {
        T value;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    template <typename T>
    void store(std::size_t at, const T& value) {
        std::memcpy(bytes_.data() + at, &value, sizeof value);
    }

    /// The bytes of a section as far as they are there.
    [[nodiscard]] plan::Section find(std::uint32_t tag) const {
        const auto header = load<plan::Header>(0);
        for (std::size_t i = 0; i < header.section_count; ++i) {
            auto section = load<plan::Section>(sizeof(plan::Header) + i * sizeof(plan::Section));
            if (section.tag == tag && section.offset < bytes_.size()) {
                section.bytes = std::min(
                    section.bytes, static_cast<std::uint32_t>(bytes_.size()) - section.offset);
                return section;
            }
        }
        return {};
    }

    template <typename T>
    [[nodiscard]] std::uint32_t count(std::uint32_t tag) const {
        return find(tag).bytes / static_cast<std::uint32_t>(sizeof(T));
    }

    template <typename T>
    [[nodiscard]] std::size_t place(std::uint32_t tag, std::uint32_t index) const {
        return find(tag).offset + std::size_t{index} * sizeof(T);
    }

    /// Calls `change` with a copy of one element of an array section, and puts it back.
    template <typename T, typename Change>
    void with_one(std::uint32_t tag, Change change) {
        if (const std::uint32_t elements = count<T>(tag); elements > 0) {
            const std::size_t at = place<T>(tag, below(elements));
            T value = load<T>(at);
            change(value);
            store(at, value);
        }
    }

    std::uint32_t other(std::uint32_t value) {
        switch (below(5)) {
            case 0:
                return value + below(5) - 2;
            case 1:
                return value ^ 1U << below(32);
            case 2:
                return below(40);
            case 3:
                return value * 2;
            default:
                return kInteresting[below(std::size(kInteresting))];
        }
    }

    void change() {
        switch (below(16)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return with_one<plan::Tensor>(plan::section::tensors,
                                              [&](auto& tensor) { change(tensor); });
            case 4:
                return with_one<plan::Step>(plan::section::steps,
                                            [&](auto& step) { change(step); });
            case 5:
            case 6:
                return with_one<std::uint16_t>(plan::section::operands, [&](auto& operand) {
                    operand = other_operand(operand);
                });
            case 7:
                return with_one<plan::Port>(plan::section::ports,
                                            [&](auto& port) { change(port); });
            case 8:
            case 9:
                return change_constant();
            case 10:
                return with_one<plan::Memory>(plan::section::memory,
                                              [&](auto& memory) { change(memory); });
            case 11:
                return change_table();
            default:
                return with_one<std::uint32_t>(plan::section::attributes,
                                               [&](auto& word) { word = other(word); });
        }
    }

    void change(plan::Tensor& tensor) {
        switch (below(8)) {
            case 0:
                tensor.type = static_cast<plan::Type>(1 + below(13));
                return make_dense(tensor);
            case 1:
                tensor.rank = static_cast<std::uint8_t>(below(7));
                return make_dense(tensor);
            case 2:
            case 3:
                tensor.dims[below(plan::kMaxRank)] =
                    below(2) == 0 ? 1 + below(9) : other(tensor.dims[below(6)]);
                return make_dense(tensor);
            case 4:
                tensor.region = static_cast<std::uint8_t>(below(8));
                tensor.offset = tensor.region >= plan::region::slot ? 0 : tensor.offset;
                return;
            case 5:
                tensor.offset = below(2) == 0 ? below(256) : other(tensor.offset);
                return;
            case 6:
                (below(2) == 0 ? tensor.pixel_stride : tensor.row_stride) += below(17);
                return;
            default:
                return imitate(tensor);
        }
    }

    /// Makes the tensor like another one, or lays it over another one.
    void imitate(plan::Tensor& tensor) {
        const std::uint32_t tensors = count<plan::Tensor>(plan::section::tensors);
        const auto model =
            load<plan::Tensor>(place<plan::Tensor>(plan::section::tensors, below(tensors)));
        if (below(2) == 0) {
            tensor.region = model.region;
            tensor.offset = model.offset + below(3) * below(9);
            return;
        }
        const plan::Tensor old = tensor;
        tensor = model;
        tensor.region = old.region;
        tensor.offset = old.offset;
    }

    void make_dense(plan::Tensor& tensor) {
        for (std::size_t i = std::min<std::size_t>(tensor.rank, plan::kMaxRank); i < plan::kMaxRank;
             ++i) {
            tensor.dims[i] = 1;
        }
        const std::uint32_t rank = tensor.rank;
        if (below(8) != 0 && rank <= plan::kMaxRank) {
            tensor.pixel_stride =
                (rank > 0 ? tensor.dims[rank - 1] : 1) * plan::element_bytes(tensor.type);
            tensor.row_stride = tensor.pixel_stride * (rank > 1 ? tensor.dims[rank - 2] : 1);
        }
    }

    void change(plan::Step& step) {
        std::uint8_t* const small[] = {&step.layout,       &step.flags,         &step.input_count,
                                       &step.output_count, &step.scratch_count, &step.reserved};
        std::uint32_t* const large[] = {&step.first_operand, &step.attributes,
                                        &step.attribute_bytes};
        switch (below(3)) {
            case 0:
                step.op = kOps[below(std::size(kOps))];
                break;
            case 1: {
                std::uint8_t& field = *small[below(std::size(small))];
                field = static_cast<std::uint8_t>(below(2) == 0 ? below(6) : field + below(3) - 1);
                break;
            }
            default: {
                std::uint32_t& field = *large[below(std::size(large))];
                field = below(2) == 0 ? below(64) : other(field);
            }
        }
    }

    std::uint16_t other_operand(std::uint16_t operand) {
        const std::uint32_t tensors = count<plan::Tensor>(plan::section::tensors);
        if (below(6) == 0) {
            return plan::kAbsent;
        }
        return static_cast<std::uint16_t>(tensors > 0 && below(16) != 0 ? below(tensors)
                                                                        : other(operand));
    }

    void change(plan::Port& port) {
        switch (below(3)) {
            case 0:
                port.tensor = other_operand(port.tensor);
                break;
            case 1:
                port.is_output ^= 1U;
                break;
            default:
                port.name = other(port.name);
        }
    }

    void change(plan::Memory& memory) {
        switch (below(3)) {
            case 0:
                memory.alignment = below(4) == 0 ? other(memory.alignment) : 1U << below(7);
                break;
            case 1:
                memory.state_bytes = other(memory.state_bytes);
                break;
            default:
                memory.arena_bytes[below(plan::kMaxArenas)] =
                    below(2) == 0 ? below(512) : other(below(512));
        }
    }

    void change_constant() {
        const plan::Section found =
            find(below(4) == 0 ? plan::section::initial_state : plan::section::constants);
        if (found.bytes < 4) {
            return;
        }
        const std::size_t at = found.offset + below(found.bytes / 4) * std::size_t{4};
        if (below(2) == 0) {
            store(at, other(load<std::uint32_t>(at)));
        } else {
            store(at + below(4), static_cast<std::uint8_t>(next()));
        }
    }

    void change_table() {
        const auto header = load<plan::Header>(0);
        const std::size_t at = sizeof header + below(header.section_count) * sizeof(plan::Section);
        auto section = load<plan::Section>(at);
        std::uint32_t* const fields[] = {&section.tag, &section.offset, &section.bytes,
                                         &section.required};
        const std::uint32_t field = below(8);
        if (field < 4) {
            *fields[field] = other(*fields[field]);
        } else {  // fewer elements
            section.bytes -= std::min(section.bytes, 4 * below(11));
        }
        store(at, section);
    }

    /// Most tensors that outgrew their region shall reach the operators: the region grows too.
    void make_room() {
        if (count<plan::Memory>(plan::section::memory) == 0) {
            return;
        }
        constexpr std::uint64_t kMost = 1 << 16;
        const std::size_t at = place<plan::Memory>(plan::section::memory, 0);
        auto memory = load<plan::Memory>(at);
        for (std::uint32_t i = 0; i < count<plan::Tensor>(plan::section::tensors); ++i) {
            const auto tensor = load<plan::Tensor>(place<plan::Tensor>(plan::section::tensors, i));
            const std::uint64_t end = std::uint64_t{tensor.offset} + end_of(tensor);
            if (end > kMost || tensor.region < plan::region::state ||
                tensor.region >= plan::region::slot) {
                continue;
            }
            std::uint32_t& bytes = tensor.region == plan::region::state
                                       ? memory.state_bytes
                                       : memory.arena_bytes[tensor.region - plan::region::arena];
            bytes = std::max(bytes, static_cast<std::uint32_t>(end));
        }
        store(at, memory);
    }

    static std::uint64_t end_of(const plan::Tensor& tensor) {
        std::uint64_t elements = plan::element_bytes(tensor.type);
        for (const std::uint32_t dim : tensor.dims) {
            elements = std::min<std::uint64_t>(elements * dim, 1U << 30U);
        }
        const bool is_strided =
            tensor.rank >= 2 && tensor.rank <= plan::kMaxRank && !plan::is_dense(tensor);
        return is_strided ? std::max<std::uint64_t>(elements, plan::tensor_bytes(tensor))
                          : elements;
    }

    std::span<std::byte> bytes_;
    std::uint32_t state_;
};

}  // namespace

bool mutate_plan(std::span<std::byte> bytes, std::uint32_t seed) {
    Mutator mutator(bytes, seed);
    if (!mutator.has_table()) {
        return false;
    }
    mutator.mutate();
    return true;
}

}  // namespace verge::fuzz
