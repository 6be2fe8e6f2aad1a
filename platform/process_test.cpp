// Child processes: what they say, how they end, and that a timeout ends all that they started.

#include "platform/process.hpp"

#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>

#include "platform/machine.hpp"

namespace verge::platform {
namespace {

ProcessResult shell(const std::string& script, std::string input = {}) {
    Command command;
    command.arguments = {"sh", "-c", script};
    command.input = std::move(input);
    return run_process(command).value();
}

TEST(Process, GivesBothStreamsAndTheExitCode) {
    const ProcessResult result = shell("echo out; echo err >&2; exit 3");
    EXPECT_EQ(result.out, "out\n");
    EXPECT_EQ(result.err, "err\n");
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_FALSE(result.timed_out);
}

TEST(Process, PassesArgumentsUntouched) {
    const Command command{.arguments = {"printf", "%s|%s|%s", "a b", "$HOME", "*"}};
    EXPECT_EQ(run_process(command).value().out, "a b|$HOME|*");
}

TEST(Process, FeedsMoreInputThanAPipeHolds) {
    const std::string input(1'000'000, 'x');
    EXPECT_EQ(shell("cat", input).out, input);
    EXPECT_EQ(shell("exit 0", input).exit_code, 0)
        << "a program that reads nothing must not hang us";
}

TEST(Process, FindsNothingOnStandardInputWhenNothingIsGiven) {
    EXPECT_EQ(shell("wc -c").out, "0\n");
}

TEST(Process, KillsAtTheTimeoutWhatTheProgramStartedToo) {
    const Command command{.arguments = {"sh", "-c", "echo begun; sleep 1000 & wait"},
                          .timeout_ms = 200};
    const ProcessResult result = run_process(command).value();
    EXPECT_TRUE(result.timed_out);
    EXPECT_EQ(result.signal, SIGKILL);
    EXPECT_EQ(result.exit_code, 128 + SIGKILL);
    EXPECT_EQ(result.out, "begun\n");
}

TEST(Process, DoesNotWaitForAGrandchildThatHoldsTheStream) {
    const ProcessResult result = shell("sleep 30 & echo $!");
    EXPECT_EQ(result.exit_code, 0);
    shell("kill " + result.out);
}

TEST(Process, RefusesEndlessOutput) {
    Command command{.arguments = {"yes"}};
    command.output_limit_bytes = 100'000;
    EXPECT_EQ(run_process(command).error().message(), "yes: it wrote more than 100000 bytes");
}

TEST(Process, RunsInTheFolderThatWasNamed) {
    const TemporaryFolder folder = TemporaryFolder::create().value();
    Command command{.arguments = {"pwd"},
                    .folder = std::filesystem::canonical(folder.path()).string()};
    EXPECT_EQ(run_process(command).value().out, command.folder + "\n");
}

TEST(Process, SaysWhichProgramIsMissing) {
    EXPECT_EQ(find_program("verge-no-such-program").error().what,
              "there is no program 'verge-no-such-program' in PATH");
    EXPECT_FALSE(run_process({.arguments = {"/dev/null"}}).ok());
    EXPECT_FALSE(run_process({}).ok());
    EXPECT_EQ(find_program("/bin/sh").value(), "/bin/sh");
}

}  // namespace
}  // namespace verge::platform
