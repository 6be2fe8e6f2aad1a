// The cache of repacked plans: used again, and never believed.

#include "runtime/fast/plan_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "operators/conv2d/op.hpp"
#include "operators/op_id.hpp"
#include "plan/draft.hpp"
#include "platform/file.hpp"
#include "platform/machine.hpp"

namespace verge::fast {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kChannels = 16;
constexpr std::uint16_t kFeatures = cpu::avx2 | cpu::fpu32;  // packing needs no such machine

template <typename T>
std::uint16_t add_constant(plan::Draft& draft,
                           plan::Type type,
                           std::vector<std::uint32_t> dims,
                           const std::vector<T>& values) {
    return draft.add_constant(plan::dense_tensor(type, dims), std::as_bytes(std::span(values)), 64);
}

/// A 1x1 convolution in canonical layout, all of whose weights are `weight`.
std::vector<std::byte> convolution(std::int8_t weight) {
    plan::Draft draft;
    const std::uint32_t dims[] = {1, 1, 1, kChannels};
    draft.memory.arena_bytes[0] = 2 * kChannels;
    plan::Tensor tensor = plan::dense_tensor(plan::Type::s8, dims);
    const auto x = draft.add_tensor(tensor);
    tensor.offset = kChannels;
    const auto y = draft.add_tensor(tensor);
    const auto w = add_constant(draft, plan::Type::s8, {kChannels, 1, 1, kChannels},
                                std::vector<std::int8_t>(kChannels * kChannels, weight));
    std::vector<std::int32_t> requant(2 * kChannels, 1);
    std::fill_n(requant.begin(), kChannels, 1 << 30);
    const auto scales = add_constant(draft, plan::Type::s32, {2, kChannels}, requant);
    Conv2D a{};
    a.stride_h = a.stride_w = a.dilation_h = a.dilation_w = a.kernel_h = a.kernel_w = a.groups = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::conv2d),
                    .inputs = {x, w, plan::kAbsent, scales},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&a, 1)),
                    .name = "convolution"});
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft.bytes();
}

class PlanCache : public testing::Test {
protected:
    PlanCache() : home_(platform::TemporaryFolder::create().value()) {}

    [[nodiscard]] std::string folder() const { return home_.path() + "/cache/plans"; }

    [[nodiscard]] static PlanFile open(const std::vector<std::byte>& plan, std::string folder) {
        auto file = PlanFile::from_bytes(plan, {.features = kFeatures, .cache_folder = folder});
        EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().message());
        return std::move(file).value();
    }

    /// What it opens with a cache is what it opens without one.
    void expect_right(std::int8_t weight) const {
        const PlanFile wanted = open(convolution(weight), "");
        const PlanFile found = open(convolution(weight), folder());
        EXPECT_TRUE(std::ranges::equal(found.view().constants(), wanted.view().constants()));
        EXPECT_EQ(found.view().steps()[0].layout, wanted.view().steps()[0].layout);
    }

    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> paths;
        for (const auto& entry : fs::directory_iterator(folder())) {
            paths.push_back(entry.path().string());
        }
        return paths;
    }

    [[nodiscard]] std::string home() const { return home_.path(); }

private:
    platform::TemporaryFolder home_;
};

TEST_F(PlanCache, KeepsWhatWasRepackedForThisUserAlone) {
    const PlanFile packed = open(convolution(3), "");
    ASSERT_TRUE(packed.was_repacked()) << "this plan must be one that is repacked";
    EXPECT_FALSE(packed.is_cached());
    EXPECT_TRUE(open(convolution(3), folder()).is_cached());
    ASSERT_EQ(files().size(), 1U);
    EXPECT_EQ(fs::status(folder()).permissions(), fs::perms::owner_all);
    const auto written = fs::last_write_time(files()[0]);
    EXPECT_TRUE(open(convolution(3), folder()).is_cached());
    EXPECT_EQ(fs::last_write_time(files()[0]), written) << "it was used, not written again";
    expect_right(3);
    expect_right(4);
    EXPECT_EQ(files().size(), 2U);
}

TEST_F(PlanCache, DoesNotBelieveAFileThatIsBroken) {
    EXPECT_TRUE(open(convolution(3), folder()).is_cached());
    const std::string path = files().at(0);
    const auto whole = platform::read_file(path).value();
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        auto broken = whole;
        broken[at] ^= std::byte{1};
        ASSERT_TRUE(platform::write_file_atomically(path, broken).ok());
        expect_right(3);
        EXPECT_EQ(platform::read_file(path).value(), whole) << "written again, byte " << at;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{31}, whole.size() - 1}) {
        ASSERT_TRUE(platform::write_file_atomically(path, std::span(whole).first(size)).ok());
        expect_right(3);
    }
}

TEST_F(PlanCache, DoesNotBelieveTheFileOfAnotherPlan) {
    EXPECT_TRUE(open(convolution(3), folder()).is_cached());
    const std::string first = files().at(0);
    const auto other = [&] {
        fs::rename(first, home() + "/first");
        EXPECT_TRUE(open(convolution(4), folder()).is_cached());
        return files().at(0);
    }();
    fs::rename(other, first);  // as if both had one hash
    expect_right(3);
}

TEST_F(PlanCache, DoesWithoutAFolderThatCannotBeWrittenOrThatOthersMayWrite) {
    std::ofstream(home() + "/file") << "x";
    const PlanFile file = open(convolution(3), home() + "/file/plans");
    EXPECT_TRUE(file.was_repacked());
    EXPECT_FALSE(file.is_cached());
    fs::create_directories(folder());
    fs::permissions(folder(), fs::perms::all);
    EXPECT_FALSE(open(convolution(3), folder()).is_cached());
    EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace verge::fast
