#pragma once
// Ctrl-C. It always ends the program cleanly: unfinished files and temporary folders go, child
// processes are killed. Work that wants to finish its sentence first holds a GracefulStop.

#include <memory>
#include <thread>

#include "base/outcome.hpp"
#include "platform/descriptor.hpp"

namespace verge::platform {

/// True once the process was asked to stop (SIGINT, SIGTERM, SIGHUP) while a GracefulStop lived.
[[nodiscard]] bool interrupted() noexcept;

/// While one is alive, the first signal only sets interrupted(): the holder looks at it often and
/// returns early. A second signal ends the process as if there were none.
class GracefulStop {
public:
    GracefulStop() noexcept;
    GracefulStop(const GracefulStop&) = delete;
    GracefulStop& operator=(const GracefulStop&) = delete;
    ~GracefulStop();
};

/// Takes the signals on a thread of its own. main() starts it before any other thread, so that all
/// of them leave the signals to it. A signal that was ignored at the start (nohup) stays ignored.
/// Closed standard streams are filled, so that no file that is opened later takes their numbers,
/// and a write over the limit of a file's size fails instead of ending the process.
class InterruptWatch {
public:
    [[nodiscard]] static Outcome<std::unique_ptr<InterruptWatch>> start();

    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

private:
    InterruptWatch(Descriptor signals, Descriptor stop)
        : signals_(std::move(signals)), stop_(std::move(stop)) {}

    void watch() const noexcept;

    Descriptor signals_;
    Descriptor stop_;
    std::thread thread_;
};

}  // namespace verge::platform
