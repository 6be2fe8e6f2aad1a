// Ctrl-C, played through in child processes: what goes, what may finish, and how the process ends.

#include "platform/interrupt.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "platform/file.hpp"
#include "platform/machine.hpp"
#include "platform/pending.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void wait_forever() {
    for (;;) {
        ::pause();
    }
}

/// Creates what is pending during long work, then gets a Ctrl-C.
[[noreturn]] void work_and_be_interrupted(const std::string& folder) {
    ::setenv("TMPDIR", folder.c_str(), 1);
    ::signal(SIGINT, SIG_DFL);  // whoever started the tests may ignore it
    const auto watch = InterruptWatch::start();
    const auto file = PendingFile::create_beside(folder + "/model.vrg", 0644);
    const auto temporary = TemporaryFolder::create();
    std::ofstream(temporary.value().path() + "/firmware.elf") << "half";
    ::kill(::getpid(), SIGINT);
    wait_forever();
}

TEST(Interrupt, RemovesUnfinishedFilesAndFoldersAndEndsByTheSignal) {
    // Not a TemporaryFolder: the child would inherit it as pending and remove it too.
    const std::string folder = ::testing::TempDir() + "interrupt_" + std::to_string(::getpid());
    ASSERT_TRUE(fs::create_directory(folder));
    EXPECT_EXIT(work_and_be_interrupted(folder), ::testing::KilledBySignal(SIGINT), "");
    EXPECT_TRUE(fs::is_empty(folder));
    fs::remove_all(folder);
}

[[noreturn]] void finish_the_sentence() {
    const auto watch = InterruptWatch::start();
    const GracefulStop graceful;
    ::kill(::getpid(), SIGTERM);
    while (!interrupted()) {
        ::usleep(1000);
    }
    std::cerr << "finished early";
    std::_Exit(7);
}

TEST(Interrupt, LetsAHolderOfAGracefulStopFinish) {
    EXPECT_EXIT(finish_the_sentence(), ::testing::ExitedWithCode(7), "finished early");
}

[[noreturn]] void ignore_the_first_signal() {
    ::signal(SIGINT, SIG_DFL);
    const auto watch = InterruptWatch::start();
    const GracefulStop graceful;
    ::kill(::getpid(), SIGINT);
    while (!interrupted()) {
        ::usleep(1000);
    }
    ::kill(::getpid(), SIGINT);
    wait_forever();
}

TEST(Interrupt, EndsAtTheSecondSignalWhateverTheHolderDoes) {
    EXPECT_EXIT(ignore_the_first_signal(), ::testing::KilledBySignal(SIGINT), "");
}

[[noreturn]] void start_under_nohup() {
    ::signal(SIGHUP, SIG_IGN);
    const auto watch = InterruptWatch::start();
    ::kill(::getpid(), SIGHUP);
    std::_Exit(interrupted() ? 1 : 3);
}

TEST(Interrupt, KeepsIgnoringWhatWasIgnoredAtTheStart) {
    EXPECT_EXIT(start_under_nohup(), ::testing::ExitedWithCode(3), "");
}

[[noreturn]] void start_without_standard_input() {
    ::close(STDIN_FILENO);
    const auto watch = InterruptWatch::start();
    const bool is_refused = !read_file("-").ok();
    ::kill(::getpid(), SIGTERM);
    ::sleep(is_refused ? 60 : 0);
    std::_Exit(1);
}

TEST(Interrupt, EndsAProcessWhoseStandardInputIsClosedAndLetsItReadNothingFromThere) {
    EXPECT_EXIT(start_without_standard_input(), ::testing::KilledBySignal(SIGTERM), "");
}

[[noreturn]] void write_more_than_is_allowed(const std::string& path) {
    const auto watch = InterruptWatch::start();
    const rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Done written = write_text_atomically(path, std::string(10000, 'x'));
    std::_Exit(written.ok() ? 1 : 5);
}

TEST(Interrupt, LeavesNoPartOfAFileThatGrowsOverTheLimitOfItsSize) {
    const std::string folder = ::testing::TempDir() + "limit_" + std::to_string(::getpid());
    ASSERT_TRUE(fs::create_directory(folder));
    EXPECT_EXIT(write_more_than_is_allowed(folder + "/model.vrg"), ::testing::ExitedWithCode(5),
                "");
    EXPECT_TRUE(fs::is_empty(folder));
    fs::remove_all(folder);
}

TEST(Interrupt, StopsWatchingWithItsObject) {
    for (int round = 0; round < 3; ++round) {
        EXPECT_TRUE(InterruptWatch::start().ok());
    }
    EXPECT_FALSE(interrupted());
}

}  // namespace
}  // namespace verge::platform
