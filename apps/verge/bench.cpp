// verge bench: how long a model takes on this machine.

#include <array>
#include <cstdio>
#include <cstring>

#include "apps/verge/model.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/session.hpp"
#include "apps/verge/tensors.hpp"
#include "apps/verge/timing.hpp"
#include "apps/verge/verb.hpp"
#include "platform/interrupt.hpp"
#include "platform/machine.hpp"

namespace verge::apps {
namespace {

constexpr std::size_t kMostRuns = 10'000'000;

struct Options {
    std::string model;
    SessionOptions session;
    std::size_t runs = 0;  // 0: as many as `seconds` take
    double seconds = 2;
};

/// The same numbers for every run and machine: a linear congruential sequence, floats within -1
/// and 1. (Some kernels are faster on zeros.)
void fill_inputs(const Session& session, const std::vector<PortInfo>& inputs) {
    std::uint32_t state = 0;
    for (const PortInfo& port : inputs) {
        const std::span<std::byte> bytes = session.port(port.index);
        const bool is_float = port.type == plan::Type::f32;
        for (std::size_t i = 0; i < bytes.size(); i += is_float ? sizeof(float) : 1) {
            state = state * 1664525U + 1013904223U;
            if (is_float) {
                const float value = static_cast<float>(state >> 24U) / 127.5F - 1.0F;
                std::memcpy(bytes.data() + i, &value, sizeof value);
            } else {
                bytes[i] = static_cast<std::byte>(state >> 24U);
            }
        }
    }
}

std::uint64_t run_timed(Session& session, const std::vector<PortInfo>& inputs) {
    fill_inputs(session, inputs);
    const std::uint64_t start = now_ns();
    session.run();
    return now_ns() - start;
}

/// At least one run; fewer than asked for when somebody pressed Ctrl-C.
std::vector<std::uint64_t> run_often(Session& session,
                                     const std::vector<PortInfo>& inputs,
                                     const Options& options) {
    const platform::GracefulStop stop;
    const std::uint64_t end = now_ns() + static_cast<std::uint64_t>(options.seconds * 1e9);
    std::vector<std::uint64_t> times;
    do {
        times.push_back(run_timed(session, inputs));
    } while (!platform::interrupted() &&
             times.size() < (options.runs == 0 ? kMostRuns : options.runs) &&
             (options.runs != 0 || now_ns() < end));
    return times;
}

std::string text_of(const Json& json) {
    const auto number = [&](const char* key) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.3f ms", json[key].get<double>());
        return std::string(text.data());
    };
    return "median " + number("median_ms") + ", least " + number("min_ms") + ", 90 % " +
           number("p90_ms") + ", 99 % " + number("p99_ms") + "\nfirst run " +
           number("first_run_ms") + ", loading " + number("load_ms") + "\n" +
           std::to_string(json["runs"].get<std::size_t>()) + " runs, " +
           std::to_string(json["threads"].get<unsigned>()) + " threads, " +
           json["isa"].get<std::string>() + ", " + json["machine"].get<std::string>() +
           ", memory " + grouped(json["peak_rss_bytes"].get<std::uint64_t>()) + " bytes\n";
}

Outcome<Answer> act(const Options& options) {
    const std::uint64_t start = now_ns();
    VERGE_ASSIGN(Session session, Session::open(options.model, options.session));
    const double load_ms = static_cast<double>(now_ns() - start) * 1e-6;
    const std::vector<PortInfo> inputs = ports_of(session.plan(), false);
    const double first_ms = static_cast<double>(run_timed(session, inputs)) * 1e-6;
    const std::vector<std::uint64_t> times = run_often(session, inputs, options);
    const TimingSummary summary = summarise(times);
    const unsigned threads =
        options.session.threads == 0 ? platform::core_count() : options.session.threads;
    Answer answer;
    answer.json = {{"median_ms", summary.median_ms},
                   {"min_ms", summary.min_ms},
                   {"p90_ms", summary.p90_ms},
                   {"p99_ms", summary.p99_ms},
                   {"first_run_ms", first_ms},
                   {"load_ms", load_ms},
                   {"runs", times.size()},
                   {"peak_rss_bytes", platform::peak_rss_bytes()},
                   {"threads", threads},
                   {"runtime", options.session.runtime == RuntimeKind::tiny ? "tiny" : "fast"},
                   {"isa", cpu::describe(session.features())},
                   {"machine", platform::cpu_model_name()}};
    answer.text = text_of(answer.json);
    return answer;
}

}  // namespace

std::function<Outcome<Answer>()> prepare_bench(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_model(app, options->model, "a .tflite file or a plan");
    CLI::Option* runs = app.add_option("--runs", options->runs, "this many runs after the first")
                            ->check(whole_number(1, kMostRuns))
                            ->type_name("N")
                            ->group("How long");
    app.add_option("--seconds", options->seconds, "as many runs as fit into this time")
        ->check(real_number(0.001, 86400))
        ->type_name("S")
        ->default_str("2")
        ->excludes(runs)
        ->group("How long");
    add_session_options(app, options->session);
    return [options] { return act(*options); };
}

}  // namespace verge::apps
