// What is known about this machine and process, and the folders.

#include "platform/machine.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>

#include "platform/clock.hpp"
#include "platform/descriptor.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

TEST(Machine, HasACoreAndANameAndAProgram) {
    EXPECT_GE(core_count(), 1U);
    EXPECT_FALSE(cpu_model_name().empty());
    EXPECT_EQ(cpu_model_name().find('\n'), std::string::npos);
    EXPECT_EQ(fs::path(executable_path().value()).filename(), "platform_test");
    EXPECT_GE(physical_memory_bytes(), peak_rss_bytes());
}

TEST(Machine, SeesThePeakGrowWithTheMemoryThatIsTouched) {
    const std::uint64_t before = peak_rss_bytes();
    std::vector<char> block(before + (std::size_t{32} << 20));
    for (std::size_t at = 0; at < block.size(); at += 4096) {
        block[at] = static_cast<char>(at >> 12U);
    }
    EXPECT_GE(peak_rss_bytes(), before + (std::size_t{16} << 20));
    EXPECT_EQ(block[4096], 1);
}

TEST(Machine, PutsTheCacheWhereXdgSaysAndIgnoresARelativePath) {
    const TemporaryFolder home = TemporaryFolder::create().value();
    ::setenv("HOME", home.path().c_str(), 1);
    ::setenv("XDG_CACHE_HOME", (home.path() + "/x").c_str(), 1);
    EXPECT_EQ(cache_folder().value(), home.path() + "/x/verge");
    EXPECT_TRUE(fs::is_directory(home.path() + "/x/verge"));
    ::setenv("XDG_CACHE_HOME", "relative", 1);
    EXPECT_EQ(cache_folder().value(), home.path() + "/.cache/verge");
    ::unsetenv("XDG_CACHE_HOME");
    ::unsetenv("HOME");
    EXPECT_EQ(cache_folder().error().wanted, "HOME or XDG_CACHE_HOME to be set");
}

TEST(Machine, APrivateFolderIsForItsOwnerAlone) {
    const TemporaryFolder home = TemporaryFolder::create().value();
    const std::string path = home.path() + "/a/plans";
    EXPECT_TRUE(create_private_folder(path).ok());
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    EXPECT_TRUE(create_private_folder(path).ok()) << "it is there";
    fs::permissions(path, fs::perms::owner_all | fs::perms::group_write);
    EXPECT_FALSE(create_private_folder(path).ok()) << "others may write";
    std::ofstream(home.path() + "/file") << "x";
    EXPECT_FALSE(create_private_folder(home.path() + "/file").ok());
    EXPECT_FALSE(create_private_folder(home.path() + "/file/below").ok());
}

TEST(Machine, RemovesATemporaryFolderWithAllItHolds) {
    std::string path;
    {
        TemporaryFolder first = TemporaryFolder::create().value();
        path = first.path();
        const TemporaryFolder second = std::move(first);
        fs::create_directories(path + "/a/b");
        std::ofstream(path + "/a/b/c") << "x";
        EXPECT_TRUE(fs::exists(path));
    }
    EXPECT_FALSE(fs::exists(path));
}

TEST(Machine, WantsNoColourInAFileAndWithNoColor) {
    const Descriptor null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    EXPECT_FALSE(is_terminal(null.get()));
    EXPECT_FALSE(wants_colour(null.get()));
    const Descriptor terminal(::posix_openpt(O_RDWR | O_NOCTTY));
    if (!is_terminal(terminal.get())) {
        GTEST_SKIP() << "this machine gives no pseudo-terminal";
    }
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    EXPECT_TRUE(wants_colour(terminal.get()));
    ::setenv("NO_COLOR", "1", 1);
    EXPECT_FALSE(wants_colour(terminal.get()));
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "dumb", 1);
    EXPECT_FALSE(wants_colour(terminal.get()));
}

TEST(Clock, NeverGoesBack) {
    const MonotonicClock clock;
    std::uint64_t last = clock.now_ns();
    for (int i = 0; i < 10000; ++i) {
        const std::uint64_t now = clock.now_ns();
        EXPECT_GE(now, last);
        last = now;
    }
    EXPECT_GT(last, 0U);
}

}  // namespace
}  // namespace verge::platform
