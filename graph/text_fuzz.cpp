// libFuzzer: any text ends in a graph or an Error; a graph that was read prints, and what was
// printed reads back as the same text.

#include <cstdlib>

#include "graph/text.hpp"
#include "graph/verify.hpp"

namespace {

using verge::Field;
using verge::OpId;
using verge::graph::ConstantText;
using verge::graph::OperatorText;

constexpr Field kFields[] = {{"stride", 0, Field::Kind::s32, 1},
                             {"low", 4, Field::Kind::f32, 1},
                             {"pads", 12, Field::Kind::s32, 4}};
constexpr OperatorText kOperators[] = {{OpId::conv2d, "conv2d", kFields},
                                       {OpId::foreign, "foreign", {}}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto graph = verge::graph::parse(text, kOperators);
    if (!graph.ok()) {
        return 0;
    }
    (void)verge::graph::verify(graph.value());
    const std::string printed = verge::graph::print(graph.value(), kOperators, ConstantText::full);
    const auto again = verge::graph::parse(printed, kOperators);
    if (!again.ok() ||
        verge::graph::print(again.value(), kOperators, ConstantText::full) != printed) {
        std::abort();
    }
    return 0;
}
