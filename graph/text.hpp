#pragma once
// The text form of a graph: what people read in reports and what the cases of the passes are
// written in. Reading back what was printed in full gives the same graph.
//
//   graph keyword_spotter
//   input x: s8[1,49,10,1] scale 0.5847 zero 83
//   const w: s8[2,1,1,1] scales [0.5,0.25] zeros [0,0] = [1,-2]
//   state ring: s8[1,2,1,40] = zeros
//   y: s8[1,49,10,2] = conv2d(x, w, _) {stride_h=1, stride_w=1} named "first"
//   output y
//
// A name that is not a plain word is written in quotes; where names are absent or meet, the value's
// place follows: `x%7`. Absent operands are `_`, attributes that are 0 are left out, a line that
// starts with # is a comment. Constants may be read (never printed) as ones, fill(value) or
// random(seed).

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/outcome.hpp"
#include "graph/field.hpp"
#include "graph/graph.hpp"

namespace verge::graph {

/// What the text form must know of an operator; both views must outlive their use.
struct OperatorText {
    OpId id{};
    std::string_view name;
    std::span<const Field> fields;

    /// Bytes of the operator's struct.
    [[nodiscard]] std::size_t attribute_bytes() const {
        return fields.empty() ? 0 : fields.back().offset + fields.back().count * 4;
    }
};

enum class ConstantText : std::uint8_t {
    brief,  // more than 64 elements print as a hash, which cannot be read back
    full,
};

[[nodiscard]] std::string print(const Graph& graph,
                                std::span<const OperatorText> operators,
                                ConstantText constants = ConstantText::brief);

/// Reads a graph; the Error names the line. Any text ends in a graph or an Error, but only verify()
/// says whether the graph is sound.
Outcome<Graph> parse(std::string_view text, std::span<const OperatorText> operators);

}  // namespace verge::graph
