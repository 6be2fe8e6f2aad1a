// Child processes by posix_spawn, in a process group of their own so that a timeout ends the
// grandchildren too. Standard input is a file in memory: nobody waits for a slow reader.

#include "platform/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <span>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/clock.hpp"
#include "platform/descriptor.hpp"
#include "platform/interrupt.hpp"
#include "platform/pending.hpp"

namespace verge::platform {
namespace {

constexpr std::uint64_t kNanosecondsPerMs = 1'000'000;
constexpr int kPollMs = 20;
constexpr int kPollForTheEndMs = 1;  // both streams are at their end: it will exit at once
constexpr int kSignalExitBase = 128;

struct Pipe {
    Descriptor reader;
    Descriptor writer;
};

Outcome<Pipe> open_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return os_error("open", "a pipe", errno);
    }
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

Outcome<Descriptor> input_file(const std::string& input) {
    Descriptor file(::memfd_create("input", MFD_CLOEXEC));
    if (!file.is_open()) {
        return os_error("create", "a file in memory", errno);
    }
    VERGE_CHECK(write_all(file.get(), std::as_bytes(std::span(input)), "a file in memory"));
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

/// What posix_spawn is told; frees itself.
class SpawnPlan {
public:
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        sigset_t standard;
        ::sigemptyset(&standard);
        ::sigaddset(&standard, SIGXFSZ);  // which interrupt.cpp ignores
        ::posix_spawnattr_setsigdefault(&attributes_, &standard);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }

    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    ~SpawnPlan() {
        ::posix_spawnattr_destroy(&attributes_);
        ::posix_spawn_file_actions_destroy(&actions_);
    }

    void connect(const Descriptor& file, int as) {
        ::posix_spawn_file_actions_adddup2(&actions_, file.get(), as);
    }

    void enter(const std::string& folder) {
        if (!folder.empty()) {
            ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
        }
    }

    /// 0 or an errno.
    int spawn(const std::string& program, const std::vector<std::string>& arguments, pid_t* child) {
        std::vector<char*> list;
        for (const std::string& argument : arguments) {
            list.push_back(const_cast<char*>(argument.c_str()));
        }
        list.push_back(nullptr);
        return ::posix_spawn(child, program.c_str(), &actions_, &attributes_, list.data(), environ);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// A running child and the ends of its pipes that we hold.
struct Child {
    pid_t id = -1;
    Descriptor out;
    Descriptor err;
};

Outcome<Child> start(const Command& command, const std::string& program) {
    VERGE_ASSIGN(const Descriptor input, input_file(command.input));
    VERGE_ASSIGN(Pipe out, open_pipe());
    VERGE_ASSIGN(Pipe err, open_pipe());
    SpawnPlan plan;
    plan.connect(input, STDIN_FILENO);
    plan.connect(out.writer, STDOUT_FILENO);
    plan.connect(err.writer, STDERR_FILENO);
    plan.enter(command.folder);
    int problem = 0;
    const pid_t id = spawn_pending_group([&] {
        pid_t child = -1;
        problem = plan.spawn(program, command.arguments, &child);
        return problem == 0 ? child : pid_t{-1};
    });
    if (problem != 0) {
        return os_error("start", program, problem);
    }
    return Child{id, std::move(out.reader), std::move(err.reader)};
}

/// Takes what is there from one stream; closes it at its end. False: more than the limit.
bool drain(Descriptor& stream, std::string& into, std::uint64_t limit) {
    std::array<std::byte, 65536> chunk{};
    const Outcome<std::size_t> got = read_some(stream.get(), chunk, "a pipe");
    if (!got.ok() || got.value() == 0) {
        stream.close();
        return true;
    }
    into.append(reinterpret_cast<const char*>(chunk.data()), got.value());
    return into.size() <= limit;
}

/// One look at both streams; waits kPollMs at most.
bool collect(Child& child, ProcessResult& result, std::uint64_t limit) {
    std::array<pollfd, 2> wait{{{.fd = child.out.get(), .events = POLLIN, .revents = 0},
                                {.fd = child.err.get(), .events = POLLIN, .revents = 0}}};
    const bool is_silent = !child.out.is_open() && !child.err.is_open();
    if (::poll(wait.data(), wait.size(), is_silent ? kPollForTheEndMs : kPollMs) <= 0) {
        return true;
    }
    const bool out_fits = wait[0].revents == 0 || drain(child.out, result.out, limit);
    const bool err_fits = wait[1].revents == 0 || drain(child.err, result.err, limit);
    return out_fits && err_fits;
}

bool has_data(const Descriptor& stream) {
    pollfd look{.fd = stream.get(), .events = POLLIN, .revents = 0};
    return stream.is_open() && ::poll(&look, 1, 0) > 0;
}

void note_end(int status, ProcessResult& result) {
    if (WIFSIGNALED(status)) {
        result.signal = WTERMSIG(status);
        result.exit_code = kSignalExitBase + result.signal;
    } else {
        result.exit_code = WEXITSTATUS(status);
    }
}

void kill_and_reap(pid_t id) {
    ::kill(-id, SIGKILL);
    ::waitpid(id, nullptr, 0);
    forget_pending_group(id);
}

/// Reads and waits until the child has ended and its streams are empty, or the time is over.
Outcome<ProcessResult> attend(Child child, const Command& command) {
    const MonotonicClock clock;
    const std::uint64_t start_ns = clock.now_ns();
    ProcessResult result;
    for (;;) {
        if (!collect(child, result, command.output_limit_bytes)) {
            kill_and_reap(child.id);
            return Error{
                Code::refused,
                "it wrote more than " + std::to_string(command.output_limit_bytes) + " bytes",
                {},
                {}}
                .within(command.arguments[0]);
        }
        int status = 0;
        if (::waitpid(child.id, &status, WNOHANG) == child.id) {
            note_end(status, result);
            break;
        }
        const std::uint64_t spent_ms = (clock.now_ns() - start_ns) / kNanosecondsPerMs;
        result.timed_out = command.timeout_ms != 0 && spent_ms >= command.timeout_ms;
        if (result.timed_out || interrupted()) {
            kill_and_reap(child.id);
            note_end(SIGKILL, result);
            return result;
        }
    }
    while ((has_data(child.out) || has_data(child.err)) &&
           collect(child, result, command.output_limit_bytes)) {
    }
    forget_pending_group(child.id);
    return result;
}

bool is_executable_file(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           ::access(path.c_str(), X_OK) == 0;
}

Error no_such_program(std::string_view name) {
    return Error{Code::io,
                 "there is no program '" + std::string(name) + "' in PATH",
                 {},
                 "install it or add its folder to PATH"};
}

}  // namespace

Outcome<ProcessResult> run_process(const Command& command) {
    if (command.arguments.empty()) {
        return bad_input("there is no program to run", "at least its name");
    }
    VERGE_ASSIGN(const std::string program, find_program(command.arguments[0]));
    VERGE_ASSIGN(Child child, start(command, program));
    return attend(std::move(child), command);
}

Outcome<std::string> find_program(std::string_view name) {
    if (name.find('/') != std::string_view::npos) {
        if (is_executable_file(std::string(name))) {
            return std::string(name);
        }
        return Error{Code::io, "it is no executable file", {}, {}}.within(name);
    }
    const char* path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        std::string candidate =
            std::string(folder.empty() ? "." : folder) + "/" + std::string(name);
        if (is_executable_file(candidate)) {
            return candidate;
        }
    }
    return no_such_program(name);
}

}  // namespace verge::platform
