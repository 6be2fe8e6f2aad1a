// Signals arrive through a signalfd, so what happens on Ctrl-C is ordinary code on an ordinary
// thread. The two flags are process-wide because signals are.

#include "platform/interrupt.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "platform/pending.hpp"

namespace verge::platform {
namespace {

constexpr std::array kWatched = {SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> asked_to_stop{false};
std::atomic<int> graceful_holders{0};

sigset_t watched_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : kWatched) {
        struct sigaction current{};
        if (::sigaction(number, nullptr, &current) == 0 && current.sa_handler != SIG_IGN) {
            ::sigaddset(&set, number);
        }
    }
    return set;
}

/// A closed standard stream would lend its number to the next file that is opened. It becomes
/// /dev/null instead, opened the wrong way round, so that using it still is an error.
void fill_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
            // The lowest free number is `stream`; not closed again on purpose.
            static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
        }
    }
}

/// A file that grows over the limit of its size is then an error of write(), not the end.
void survive_file_size_limit() {
    struct sigaction ignore{};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGXFSZ, &ignore, nullptr);
}

/// Ends the process by the signal itself, so that a shell sees why.
void die_of(int number) noexcept {
    clean_up_all_pending_for_good();
    struct sigaction standard{};
    standard.sa_handler = SIG_DFL;
    ::sigaction(number, &standard, nullptr);
    sigset_t only;
    ::sigemptyset(&only);
    ::sigaddset(&only, number);
    ::pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
    ::raise(number);
}

}  // namespace

bool interrupted() noexcept {
    return asked_to_stop.load(std::memory_order_relaxed);
}

GracefulStop::GracefulStop() noexcept {
    graceful_holders.fetch_add(1);
}

GracefulStop::~GracefulStop() {
    graceful_holders.fetch_sub(1);
}

Outcome<std::unique_ptr<InterruptWatch>> InterruptWatch::start() {
    fill_closed_streams();
    survive_file_size_limit();
    const sigset_t set = watched_signals();
    Descriptor signals(::signalfd(-1, &set, SFD_CLOEXEC));
    Descriptor stop(::eventfd(0, EFD_CLOEXEC));
    if (!signals.is_open() || !stop.is_open()) {
        return os_error("watch", "signals", errno);
    }
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::unique_ptr<InterruptWatch> watch(new InterruptWatch(std::move(signals), std::move(stop)));
    try {
        watch->thread_ = std::thread([self = watch.get()] { self->watch(); });
    } catch (const std::system_error& problem) {
        return os_error("start a thread for", "signals", problem.code().value());
    }
    return watch;
}

void InterruptWatch::watch() const noexcept {
    std::array<pollfd, 2> wait{{{.fd = signals_.get(), .events = POLLIN, .revents = 0},
                                {.fd = stop_.get(), .events = POLLIN, .revents = 0}}};
    for (;;) {
        if (::poll(wait.data(), wait.size(), -1) < 0) {
            continue;
        }
        if (wait[1].revents != 0) {
            return;
        }
        signalfd_siginfo signal{};
        if (::read(signals_.get(), &signal, sizeof signal) != ssize_t{sizeof signal}) {
            continue;
        }
        const bool again = asked_to_stop.exchange(true);
        if (again || graceful_holders.load() == 0) {
            die_of(static_cast<int>(signal.ssi_signo));
        }
    }
}

InterruptWatch::~InterruptWatch() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        if (::write(stop_.get(), &one, sizeof one) == ssize_t{sizeof one}) {
            thread_.join();
        } else {
            thread_.detach();
        }
    }
}

}  // namespace verge::platform
