// The progress line: its text, when it is drawn, and that it leaves nothing behind.

#include "platform/progress.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "platform/descriptor.hpp"
#include "platform/file.hpp"
#include "platform/machine.hpp"

namespace verge::platform {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

class HandClock final : public Clock {
public:
    [[nodiscard]] std::uint64_t now_ns() const override { return now; }

    std::uint64_t now = 5 * kSecond;
};

TEST(Progress, TellsShareCountAndTimeLeft) {
    EXPECT_EQ(progress_line("reading", 12, 48, 3 * kSecond),
              "reading  [#####...............]  25%  12/48  10 s left");
    EXPECT_EQ(progress_line("reading", 0, 4, 3 * kSecond),
              "reading  [....................]  0%  0/4");
    EXPECT_EQ(progress_line("reading", 7, 0, kSecond), "reading  7");
}

TEST(Progress, DrawsAtMostTenTimesASecondAndWipesItself) {
    const TemporaryFolder folder = TemporaryFolder::create().value();
    const std::string path = folder.path() + "/err";
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    HandClock clock;
    {
        Progress progress("x", 0, {.descriptor = file.get(), .visible = true, .clock = &clock});
        for (std::uint64_t i = 0; i < 50; ++i) {
            clock.now += kSecond / 100;
            progress.update(i);
        }
    }
    EXPECT_EQ(read_text_file(path).value(),
              "\r\033[Kx  19\r\033[Kx  29\r\033[Kx  39\r\033[Kx  49\r\033[K");
}

TEST(Progress, WritesNothingWhereNobodyLooks) {
    const TemporaryFolder folder = TemporaryFolder::create().value();
    const std::string path = folder.path() + "/err";
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    HandClock clock;
    {
        Progress progress("x", 10, {.descriptor = file.get(), .visible = false, .clock = &clock});
        clock.now += 100 * kSecond;
        progress.update(5);
    }
    EXPECT_EQ(read_text_file(path).value(), "");
}

}  // namespace
}  // namespace verge::platform
