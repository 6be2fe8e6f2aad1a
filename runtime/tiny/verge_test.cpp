// The C functions: memory, inputs and outputs by number, faults and their words.

#include "runtime/tiny/verge.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <gtest/gtest.h>

#include "base/status.hpp"
#include "operators/all_kernels.hpp"
#include "runtime/exact_buffer.hpp"
#include "runtime/test_plans.hpp"
#include "runtime/tiny/verge_kernels.hpp"

namespace verge {
namespace {

using test::ExactBuffer;
using test::kBytes;

verge_fault open_in(verge_model& model, const ExactBuffer& plan, std::span<std::byte> memory) {
    return verge_model_open(&model, plan.bytes().data(), plan.bytes().size(),
                            tiny::for_c(all_kernels()), memory.data(), memory.size());
}

TEST(VergeModel, RunsAndResets) {
    const ExactBuffer plan(test::remembering_plan().bytes());
    const ExactBuffer memory(verge_model_memory_bytes(plan.bytes().data(), plan.bytes().size()));
    verge_model model;
    ASSERT_EQ(open_in(model, plan, memory.bytes()).status, 0);
    std::size_t bytes = 0;
    std::memset(verge_model_input(&model, 0, &bytes), 8, kBytes);
    EXPECT_EQ(bytes, kBytes);
    const auto* y = static_cast<const std::byte*>(verge_model_output(&model, 0, &bytes));
    EXPECT_EQ(bytes, kBytes);
    verge_model_run(&model);
    EXPECT_EQ(y[0], test::kFirstState);
    verge_model_run(&model);
    EXPECT_EQ(y[0], std::byte{8});
    verge_model_reset(&model);
    verge_model_run(&model);
    EXPECT_EQ(y[0], test::kFirstState);
}

TEST(VergeModel, GivesNothingForAnInputOrOutputThatIsNotThere) {
    const ExactBuffer plan(test::remembering_plan().bytes());
    const ExactBuffer memory(verge_model_memory_bytes(plan.bytes().data(), plan.bytes().size()));
    verge_model model;
    ASSERT_EQ(open_in(model, plan, memory.bytes()).status, 0);
    std::size_t bytes = 1;
    EXPECT_EQ(verge_model_input(&model, 1, &bytes), nullptr);
    EXPECT_EQ(bytes, 0U);
    EXPECT_EQ(verge_model_output(&model, 1, nullptr), nullptr);
    EXPECT_EQ(verge_model_input(&model, 0xffffffffU, nullptr), nullptr);
}

TEST(VergeModel, RefusesMemoryThatIsShortOrMisalignedAndPlansThatAreNotSound) {
    const ExactBuffer plan(test::remembering_plan().bytes());
    const std::size_t needed = verge_model_memory_bytes(plan.bytes().data(), plan.bytes().size());
    const ExactBuffer memory(needed + 8);
    verge_model model;
    const verge_fault small = open_in(model, plan, memory.bytes().first(needed - 1));
    EXPECT_EQ(small.status, static_cast<std::uint8_t>(Status::arena_small));
    EXPECT_EQ(small.at, needed);
    const verge_fault shifted = open_in(model, plan, memory.bytes().subspan(8));
    EXPECT_EQ(shifted.status, static_cast<std::uint8_t>(Status::misaligned));
    EXPECT_EQ(verge_model_memory_bytes(plan.bytes().data(), plan.bytes().size() - 1), 0U);
    const ExactBuffer broken(plan.bytes().first(plan.bytes().size() - 1));
    EXPECT_EQ(open_in(model, broken, memory.bytes()).status,
              static_cast<std::uint8_t>(Status::plan_truncated));
}

TEST(VergeModel, RefusesAPlanWhoseBuffersTheCallerWouldHaveToBring) {
    const ExactBuffer plan(test::slots_plan().bytes());
    const ExactBuffer memory(verge_model_memory_bytes(plan.bytes().data(), plan.bytes().size()));
    verge_model model;
    EXPECT_EQ(open_in(model, plan, memory.bytes()).status,
              static_cast<std::uint8_t>(Status::slot_unbound));
}

TEST(VergeModel, HasWordsForEveryStatusAndForThoseOfLaterVersions) {
    for (int status = 0; status < 256; ++status) {
        EXPECT_NE(std::strlen(verge_status_words(static_cast<std::uint8_t>(status))), 0U) << status;
        EXPECT_NE(verge_status_remedy(static_cast<std::uint8_t>(status)), nullptr) << status;
    }
    EXPECT_EQ(verge_status_words(200), std::string_view("a status of a later version"));
    // Only what a caller can call is named.
    for (const Status status : {Status::slot_unbound, Status::arena_small}) {
        const std::string_view remedy = verge_status_remedy(static_cast<std::uint8_t>(status));
        EXPECT_NE(remedy.find("create()"), remedy.npos) << remedy;
        EXPECT_EQ(remedy.find("bind()"), remedy.npos) << remedy;
    }
}

}  // namespace
}  // namespace verge
