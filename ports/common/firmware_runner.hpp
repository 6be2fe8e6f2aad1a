#pragma once
// How the main program of a firmware gets its runner, and says what was refused. Freestanding.

#include "ports/common/firmware_model.hpp"
#include "ports/common/start.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::firmware {

static inline Fault make_runner(tiny::Runner& runner) {
    const Result<plan::View> view = plan::View::open(plan());
    VERGE_TRY(view.fault());
    const Result<tiny::Runner> made =
        tiny::Runner::create(view.value(), {.main = workspace()}, {.kernels = kernels()});
    runner = made.value();
    return made.fault();
}

/// Prints `status 0x...` and `at 0x...`; the value of main() then.
[[nodiscard]] static inline int refuse(const Fault& fault) {
    board::put_register("status", static_cast<std::uint32_t>(fault.status));
    board::put_register("at", fault.at);
    return 1;
}

}  // namespace verge::firmware
