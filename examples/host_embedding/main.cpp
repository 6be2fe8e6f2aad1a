// Runs a plan once in a program of one's own, and prints the bytes of its output.
// The plan comes from: verge compile MODEL -o PLAN.vrg

#include <cstdio>
#include <utility>

#include "runtime/fast/runner.hpp"

namespace {

int fail(const verge::Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    auto plan = verge::fast::PlanFile::open(argc > 1 ? argv[1] : "model.vrg", {});
    if (!plan.ok()) {
        return fail(plan.error());
    }
    auto runner = verge::fast::Runner::create(std::move(plan).value(), {});
    if (!runner.ok()) {
        return fail(runner.error());
    }
    std::size_t filled = 0;  // port 0 is the input, port 1 the output
    for (std::byte& value : runner.value().port(0)) {
        value = static_cast<std::byte>(filled++ * 7);
    }
    runner.value().run();
    for (const std::byte value : runner.value().port(1)) {
        std::printf("%02x", static_cast<unsigned>(value));
    }
    std::printf("\n");
    return 0;
}
