#include "plan/plan.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <gtest/gtest.h>

#include "plan/draft.hpp"

namespace verge::plan {
namespace {

/// A plan of two tensors and one step that nobody runs.
Draft small_draft() {
    Draft draft;
    const std::uint32_t dims[] = {1, 2, 3, 4};
    draft.memory.arena_bytes[0] = 48;
    draft.add_tensor(dense_tensor(Type::s8, dims));
    Tensor second = dense_tensor(Type::s8, dims);
    second.offset = 24;
    draft.add_tensor(second);
    const std::uint32_t attributes[] = {7, 8};
    draft.add_step({.op = 1,
                    .inputs = {0},
                    .outputs = {1},
                    .attributes = std::as_bytes(std::span(attributes)),
                    .name = "one"});
    const std::byte constant[5] = {};
    const std::uint32_t five[] = {5};
    draft.add_constant(dense_tensor(Type::u8, five), constant, 16);
    draft.add_port(0, false, "in", 0.5F, 3);
    draft.add_port(1, true, "out");
    return draft;
}

/// Bytes on a multiple of 64.
class Placed {
public:
    explicit Placed(const std::vector<std::byte>& bytes)
        : memory_(bytes.size() / sizeof(Line) + 1), size_(bytes.size()) {
        std::ranges::copy(bytes, reinterpret_cast<std::byte*>(memory_.data()));
    }

    [[nodiscard]] std::span<std::byte> bytes() {
        return {reinterpret_cast<std::byte*>(memory_.data()), size_};
    }

private:
    struct alignas(64) Line {
        std::byte bytes[64];
    };

    std::vector<Line> memory_;
    std::size_t size_;
};

Status open_status(const Draft& draft) {
    Placed placed(draft.bytes());
    return View::open(placed.bytes()).fault().status;
}

TEST(Plan, OpensWhatADraftWrote) {
    Placed placed(small_draft().bytes());
    const auto view = View::open(placed.bytes());
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(view.value().tensors().size(), 3U);
    EXPECT_EQ(view.value().steps().size(), 1U);
    EXPECT_STREQ(view.value().name(view.value().ports()[0]), "in");
    EXPECT_STREQ(view.value().step_name(0), "one");
    EXPECT_EQ(view.value().ports()[0].zero_point, 3);
}

TEST(Plan, RefusesEveryTruncation) {
    const auto bytes = small_draft().bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Placed placed(bytes);
        EXPECT_FALSE(View::open(placed.bytes().first(size)).ok()) << size;
    }
}

TEST(Plan, RefusesAPlanThatIsNotAligned) {
    Placed placed(small_draft().bytes());
    EXPECT_EQ(View::open(placed.bytes().subspan(4)).fault().status, Status::misaligned);
}

TEST(Plan, RefusesATensorOutsideItsRegion) {
    Draft draft = small_draft();
    draft.tensors[1].offset = 25;
    EXPECT_EQ(open_status(draft), Status::plan_range);
}

TEST(Plan, RefusesShapesThatOverflow) {
    Draft draft = small_draft();
    draft.tensors[1].dims = {0xffffffffU, 0xffffffffU, 3, 4, 1, 1};
    EXPECT_EQ(open_status(draft), Status::plan_tensor);
    draft = small_draft();
    draft.tensors[1].row_stride = 1;
    EXPECT_EQ(open_status(draft), Status::plan_tensor);
}

TEST(Plan, RefusesAStepThatWritesAConstant) {
    Draft draft = small_draft();
    draft.operands[1] = 2;
    EXPECT_EQ(open_status(draft), Status::plan_step);
}

TEST(Plan, RefusesAnInputThatLiesAmongTheConstants) {
    Draft draft = small_draft();
    draft.ports[1].tensor = 2;
    EXPECT_EQ(open_status(draft), Status::ok);
    draft.ports[0].tensor = 2;
    EXPECT_EQ(open_status(draft), Status::plan_range);
}

TEST(Plan, RefusesOperandsAndAttributesOutsideTheirLists) {
    Draft draft = small_draft();
    draft.steps[0].first_operand = 1;
    EXPECT_EQ(open_status(draft), Status::plan_step);
    draft = small_draft();
    draft.steps[0].attribute_bytes = 9;
    EXPECT_EQ(open_status(draft), Status::plan_step);
}

/// Port 0 lies in the caller's buffer, and a second tensor looks at the same buffer.
Draft draft_with_a_second_look(Tensor second) {
    Draft draft = small_draft();
    draft.tensors[0].region = region::slot;
    second.region = region::slot;
    draft.operands[1] = draft.add_tensor(second);
    return draft;
}

TEST(Plan, RefusesATensorThatLeavesTheBufferOfItsPort) {
    const std::uint32_t same[] = {24};
    EXPECT_EQ(open_status(draft_with_a_second_look(dense_tensor(Type::s8, same))), Status::ok);
    const std::uint32_t larger[] = {25};
    EXPECT_EQ(open_status(draft_with_a_second_look(dense_tensor(Type::s8, larger))),
              Status::plan_range);
    const std::uint32_t wider[] = {6};
    EXPECT_EQ(open_status(draft_with_a_second_look(dense_tensor(Type::f32, wider))),
              Status::plan_range);
}

TEST(Plan, RefusesATensorInABufferThatNoPortBrings) {
    Draft draft = small_draft();
    draft.tensors[1].region = region::slot;
    draft.tensors[1].offset = 0;
    draft.ports[1].tensor = 0;
    EXPECT_EQ(open_status(draft), Status::plan_range);
}

TEST(Plan, RefusesAnotherVersionAndOtherFiles) {
    auto bytes = small_draft().bytes();
    bytes[4] = std::byte{9};
    EXPECT_EQ(View::open(Placed(bytes).bytes()).fault().status, Status::plan_version);
    bytes[0] = std::byte{'X'};
    EXPECT_EQ(View::open(Placed(bytes).bytes()).fault().status, Status::plan_magic);
}

TEST(Plan, SkipsAnUnknownOptionalSectionAndRefusesARequiredOne) {
    auto bytes = small_draft().bytes();
    Placed placed(bytes);
    auto* sections = reinterpret_cast<Section*>(placed.bytes().data() + sizeof(Header));
    const std::uint16_t count = reinterpret_cast<Header*>(placed.bytes().data())->section_count;
    for (std::uint16_t i = 0; i < count; ++i) {
        if (sections[i].tag == section::strings) {
            sections[i].tag = tag("ABCD");
            EXPECT_TRUE(View::open(placed.bytes()).ok());
            sections[i].required = 1;
            EXPECT_EQ(View::open(placed.bytes()).fault().status, Status::plan_section);
        }
    }
}

TEST(Plan, RefusesASectionThatStandsTwice) {
    Placed placed(small_draft().bytes());
    auto* sections = reinterpret_cast<Section*>(placed.bytes().data() + sizeof(Header));
    const Section first = sections[0];
    sections[0] = sections[1];
    EXPECT_EQ(View::open(placed.bytes()).fault().status, Status::plan_section);
    EXPECT_EQ(View::open(placed.bytes()).fault().at, 1U);
    sections[0] = first;
    EXPECT_TRUE(View::open(placed.bytes()).ok());
}

TEST(Plan, RefusesMoreSectionsThanItLooksAt) {
    const auto status = [](std::uint16_t more) {
        auto bytes = small_draft().bytes();
        const auto at = static_cast<std::uint32_t>(bytes.size());
        const auto old = *reinterpret_cast<const Header*>(bytes.data());
        std::vector<std::byte> table(more * sizeof(Section));
        for (std::uint32_t i = 0; i < more; ++i) {
            const Section unknown{i, 0, 0, 0};
            std::memcpy(table.data() + i * sizeof(Section), &unknown, sizeof unknown);
        }
        // The new table stands where the old one ends; the old sections lie that much further.
        const std::size_t end = sizeof(Header) + old.section_count * sizeof(Section);
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(end), table.begin(), table.end());
        auto* header = reinterpret_cast<Header*>(bytes.data());
        header->section_count = static_cast<std::uint16_t>(old.section_count + more);
        header->total_bytes = at + static_cast<std::uint32_t>(table.size());
        auto* sections = reinterpret_cast<Section*>(bytes.data() + sizeof(Header));
        for (std::uint32_t i = 0; i < old.section_count; ++i) {
            sections[i].offset += static_cast<std::uint32_t>(table.size());
        }
        const std::uint16_t count = header->section_count;
        Placed placed(bytes);
        return std::pair{count, View::open(placed.bytes()).fault().status};
    };
    // 16 bytes a section: four keep the constants on a multiple of 64.
    EXPECT_EQ(status(52).second, Status::ok) << status(52).first;
    EXPECT_EQ(status(60).second, Status::plan_section);
}

TEST(Plan, RefusesAnAlignmentThatIsNoPowerOfTwoFrom4To64) {
    Draft draft = small_draft();
    for (const std::uint32_t alignment : {4U, 8U, 64U}) {
        draft.memory.alignment = alignment;
        EXPECT_EQ(open_status(draft), Status::ok) << alignment;
    }
    for (const std::uint32_t alignment : {0U, 1U, 2U, 12U, 128U}) {
        draft.memory.alignment = alignment;
        EXPECT_EQ(open_status(draft), Status::plan_section) << alignment;
    }
}

TEST(Plan, RefusesAMainMemoryThat32BitsCannotSay) {
    Draft draft = small_draft();
    draft.memory = {.state_bytes = 4096, .arena_bytes = {0xfffc0000U - 4096}, .alignment = 16};
    EXPECT_EQ(open_status(draft), Status::ok);
    draft.memory.state_bytes = 4097;
    EXPECT_EQ(open_status(draft), Status::plan_section);
    draft.memory = {.state_bytes = 4096, .arena_bytes = {0xffffffffU}, .alignment = 16};
    EXPECT_EQ(open_status(draft), Status::plan_section);
}

TEST(Plan, BecomesADraftWhateverSectionForPeopleIsMissing) {
    for (const std::uint32_t missing : {section::strings, section::step_names}) {
        Placed placed(small_draft().bytes());
        auto* sections = reinterpret_cast<Section*>(placed.bytes().data() + sizeof(Header));
        const std::uint16_t count = reinterpret_cast<Header*>(placed.bytes().data())->section_count;
        std::find_if(sections, sections + count, [&](const Section& one) {
            return one.tag == missing;
        })->tag = tag("ABCD");
        const Draft draft = to_draft(View::open(placed.bytes()).value());
        EXPECT_EQ(draft.step_names.size(), 1U);
        EXPECT_EQ(draft.operands, small_draft().operands);
    }
}

TEST(Plan, EverySingleByteChangeEndsWithoutHarm) {
    const auto bytes = small_draft().bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int bit : {0, 1, 4, 7}) {
            Placed placed(bytes);
            placed.bytes()[i] ^= static_cast<std::byte>(1 << bit);
            const auto view = View::open(placed.bytes());
            if (view.ok()) {
                EXPECT_LE(view.value().tensors().size(), 3U);
            }
        }
    }
}

}  // namespace
}  // namespace verge::plan
