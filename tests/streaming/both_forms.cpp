#include "tests/streaming/both_forms.hpp"

#include <algorithm>
#include <memory>

#include "operators/all_kernels.hpp"
#include "platform/threads.hpp"
#include "runtime/fast/runner.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::test {
namespace {

using compiler::Compiled;
using Bytes = std::vector<std::byte>;

/// A plan on the tiny runtime, with its memory.
class TinyPlan {
public:
    explicit TinyPlan(const Bytes& plan)
        : bytes_(plan),
          view_(plan::View::open(bytes_.bytes())),
          memory_(tiny::workspace_bytes(view_.value())),
          runner_(tiny::Runner::create(
                      view_.value(), {.main = memory_.bytes()}, {all_kernels(), cpu::fpu32})
                      .value()) {}

    Bytes run(std::span<const std::byte> input) {
        std::ranges::copy(input, runner_.port(0).begin());
        runner_.run();
        const auto output = runner_.port(1);
        return {output.begin(), output.end()};
    }

    std::size_t input_bytes() { return runner_.port(0).size(); }

    void reset() { runner_.reset(); }

private:
    fast::AlignedBytes bytes_;
    Result<plan::View> view_;
    fast::AlignedBytes memory_;
    tiny::Runner runner_;
};

std::byte zero_of(const graph::Graph& graph) {
    const auto& zeros = graph[graph.inputs[0]].quantisation.zero_points;
    return static_cast<std::byte>(zeros.empty() ? 0 : zeros[0]);
}

/// What the window form says of each window that ends after `hop` more bytes.
std::vector<Bytes> run_windows(const graph::Graph& graph,
                               const Compiled& window,
                               std::span<const std::byte> stream,
                               std::size_t hop) {
    TinyPlan plan(window.plan);
    Bytes input(plan.input_bytes(), zero_of(graph));
    std::vector<Bytes> outputs;
    for (std::size_t at = 0; at + hop <= stream.size(); at += hop) {
        input.erase(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(hop));
        input.insert(input.end(), stream.begin() + static_cast<std::ptrdiff_t>(at),
                     stream.begin() + static_cast<std::ptrdiff_t>(at + hop));
        outputs.push_back(plan.run(input));
    }
    return outputs;
}

/// Calls run for each hop; "" when all outputs from `first` on are the wanted ones.
template <typename Run>
std::string compare(const std::vector<Bytes>& wanted,
                    std::span<const std::byte> stream,
                    std::size_t first,
                    Run run) {
    const std::size_t hop = stream.size() / std::max<std::size_t>(1, wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Bytes found = run(stream.subspan(i * hop, hop));
        if (i >= first && found != wanted[i]) {
            return "run " + std::to_string(i) + " of " + std::to_string(wanted.size());
        }
    }
    return "";
}

std::string compare_tiny(const Compiled& streamed,
                         const std::vector<Bytes>& wanted,
                         std::span<const std::byte> stream,
                         std::size_t first) {
    TinyPlan plan(streamed.plan);
    const auto run = [&](std::span<const std::byte> input) { return plan.run(input); };
    std::string difference = compare(wanted, stream, first, run);
    plan.reset();
    return difference.empty() ? compare(wanted, stream, first, run) : difference;
}

Outcome<std::string> compare_fast(const Compiled& streamed,
                                  const std::vector<Bytes>& wanted,
                                  std::span<const std::byte> stream,
                                  std::size_t first,
                                  unsigned threads) {
    VERGE_ASSIGN(const auto pool, platform::ThreadPool::create(threads));
    VERGE_ASSIGN(fast::PlanFile file, fast::PlanFile::from_bytes(streamed.plan, {}));
    VERGE_ASSIGN(fast::Runner runner, fast::Runner::create(std::move(file), {.pool = pool.get()}));
    return compare(wanted, stream, first, [&](std::span<const std::byte> input) {
        std::ranges::copy(input, runner.port(0).begin());
        runner.run();
        const auto output = runner.port(1);
        return Bytes(output.begin(), output.end());
    });
}

Outcome<Compiled> compile_for(const graph::Graph& graph,
                              const char* target,
                              const compiler::StreamOptions& how) {
    compiler::CompileOptions options;
    VERGE_ASSIGN(options.target, compiler::find_target(target));
    options.stream = how;
    return compiler::compile(graph, options);
}

}  // namespace

Outcome<Comparison> compare_forms(const graph::Graph& graph,
                                  std::span<const std::byte> stream,
                                  const compiler::StreamOptions& how,
                                  std::span<const Form> forms) {
    Comparison result;
    VERGE_ASSIGN(result.window, compile_for(graph, "portable", {}));
    VERGE_ASSIGN(result.streamed, compile_for(graph, "portable", how));
    const std::size_t hop = TinyPlan(result.streamed.plan).input_bytes();
    const std::span<const std::byte> used = stream.first(stream.size() / hop * hop);
    const std::vector<Bytes> wanted = run_windows(graph, result.window, used, hop);
    const auto first = static_cast<std::size_t>(
        how.starts_filled ? 0 : result.streamed.stream.runs_until_full - 1);
    for (const Form form : forms) {
        if (form == Form::tiny) {
            result.difference += compare_tiny(result.streamed, wanted, used, first);
            continue;
        }
        VERGE_ASSIGN(const Compiled host, compile_for(graph, "host", how));
        VERGE_ASSIGN(const std::string difference,
                     compare_fast(host, wanted, used, first, static_cast<unsigned>(form)));
        result.difference += difference;
    }
    return result;
}

}  // namespace verge::test
