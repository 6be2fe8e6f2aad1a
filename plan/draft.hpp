#pragma once
// A plan being written: the sections as vectors. view() looks at it like at a finished plan, so
// that lowerings, checks and the placement of memory read one and the same thing. Hosted.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/plan.hpp"

namespace verge::plan {

/// A dense tensor; offset 0 in the arena.
[[nodiscard]] Tensor dense_tensor(Type type, std::span<const std::uint32_t> dims);

struct Draft {
    std::uint32_t target = 0;
    Memory memory{.state_bytes = 0, .arena_bytes = {}, .alignment = 16};
    std::vector<Tensor> tensors;
    std::vector<Step> steps;
    std::vector<std::uint16_t> operands;
    std::vector<std::byte> attributes;
    std::vector<std::byte> constants;
    std::vector<std::byte> initial_state;
    std::vector<Port> ports;
    std::string strings = std::string(1, '\0');  // starts with "", every name ends with a zero
    std::vector<std::uint32_t> step_names;
    std::vector<std::pair<std::string, std::string>> metadata;

    std::uint16_t add_tensor(const Tensor& tensor);

    /// Appends bytes to the constants at a multiple of `alignment` and returns a tensor there.
    std::uint16_t add_constant(Tensor tensor,
                               std::span<const std::byte> bytes,
                               std::uint32_t alignment);

    struct NewStep {
        std::uint16_t op;
        std::vector<std::uint16_t> inputs;
        std::vector<std::uint16_t> outputs;
        std::span<const std::byte> attributes;
        std::string_view name;
        std::uint8_t layout = 0;
        std::uint8_t flags = 0;
        std::vector<std::uint16_t> scratch = {};  // none or one
    };

    void add_step(const NewStep& step);

    /// A scale of 0 says: not quantised.
    void add_port(std::uint16_t tensor,
                  bool is_output,
                  std::string_view name,
                  float scale = 0,
                  std::int32_t zero_point = 0);

    std::uint32_t add_string(std::string_view text);

    /// Looks at this draft, which must outlive the view and not change meanwhile. Nothing is
    /// checked.
    [[nodiscard]] View view() const;

    /// The finished file. Its first byte must be placed on a multiple of 64 to be opened.
    [[nodiscard]] std::vector<std::byte> bytes() const;
};

/// The draft that would write this plan again.
[[nodiscard]] Draft to_draft(const View& view);

}  // namespace verge::plan
