#include "apps/verge/memory_map.hpp"

#include <gtest/gtest.h>

#include "operators/op_id.hpp"
#include "plan/draft.hpp"
#include "runtime/fast/aligned.hpp"

namespace verge::apps {
namespace {

std::uint16_t add_bytes(plan::Draft& draft, std::uint32_t offset, std::uint32_t bytes) {
    const std::uint32_t dims[] = {1, bytes};
    plan::Tensor tensor = plan::dense_tensor(plan::Type::s8, dims);
    tensor.offset = offset;
    return draft.add_tensor(tensor);
}

/// a(16) -> clamp -> b(16 at 16) -> clamp, reading another view of b, with scratch -> c(8 at 0)
plan::Draft two_steps() {
    plan::Draft draft;
    const auto a = add_bytes(draft, 0, 16);
    const auto b = add_bytes(draft, 16, 16);
    const auto view_of_b = add_bytes(draft, 16, 16);
    const auto c = add_bytes(draft, 0, 8);
    const auto scratch = add_bytes(draft, 32, 4);
    const auto clamp = static_cast<std::uint16_t>(OpId::clamp);
    draft.add_step({.op = clamp, .inputs = {a}, .outputs = {b}, .attributes = {}, .name = "first"});
    draft.add_step({.op = clamp,
                    .inputs = {view_of_b},
                    .outputs = {c},
                    .attributes = {},
                    .name = "",
                    .scratch = {scratch}});
    draft.add_port(a, false, "x");
    draft.add_port(c, true, "y");
    draft.memory.arena_bytes[0] = 36;
    return draft;
}

/// The draft as a finished plan, opened.
class MemoryMapTest : public testing::Test {
protected:
    MemoryMap map_of(const plan::Draft& draft) {
        bytes_ = fast::AlignedBytes(draft.bytes());
        const Result<plan::View> plan = plan::View::open(bytes_.bytes());
        EXPECT_TRUE(plan.ok());
        return memory_map(plan.value());
    }

    fast::AlignedBytes bytes_;
};

TEST_F(MemoryMapTest, ListsEveryBufferWithItsLife) {
    const MemoryMap map = map_of(two_steps());
    const std::vector<MappedBuffer> wanted = {{"input 'x'", 0, 16, 0, 0},
                                              {"clamp 'first'", 16, 16, 0, 1},
                                              {"clamp 1", 0, 8, 1, 1},
                                              {"scratch of clamp 1", 32, 4, 1, 1}};
    EXPECT_EQ(map.buffers, wanted);
    EXPECT_EQ(map.bytes, 36U);
}

TEST_F(MemoryMapTest, FindsThePeak) {
    const MemoryMap map = map_of(two_steps());
    EXPECT_EQ(map.live_bytes, (std::vector<std::uint64_t>{32, 28}));
    EXPECT_EQ(map.peak_step, 0U) << "not the step that touches the highest address";
}

TEST_F(MemoryMapTest, OfAPlanWithoutStepsIsEmpty) {
    const MemoryMap map = map_of({});
    EXPECT_TRUE(map.buffers.empty());
    EXPECT_EQ(map.peak_step, 0U);
    EXPECT_NE(draw_svg(map, {}).find("</svg>"), std::string::npos);
}

TEST_F(MemoryMapTest, IsDrawnWithOneRectangleForEachBufferAndNamesThatCannotBreakIt) {
    const std::string svg = draw_svg(map_of(two_steps()), {"<b>&\xff", "second"});
    std::size_t titles = 0;
    for (std::size_t at = svg.find("<title>"); at != std::string::npos;
         at = svg.find("<title>", at + 1)) {
        ++titles;
    }
    EXPECT_EQ(titles, 4U);
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
    EXPECT_NE(svg.find("&#60;b&#62;&#38;?"), std::string::npos);
    EXPECT_NE(svg.find("clamp 'first': 16 bytes at 16, steps 0 to 1"), std::string::npos);
}

}  // namespace
}  // namespace verge::apps
