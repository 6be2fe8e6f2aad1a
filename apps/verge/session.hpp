#pragma once
// A model that is ready to run on this machine, by either runtime.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/outcome.hpp"
#include "platform/threads.hpp"
#include "runtime/fast/runner.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::apps {

enum class RuntimeKind : std::uint8_t { fast, tiny };

struct SessionOptions {
    RuntimeKind runtime = RuntimeKind::fast;
    unsigned threads = 1;  // 0: all cores
    std::string cpu;       // empty: the machine's
};

/// --runtime, --threads and --cpu, for the verbs that run a model.
void add_session_options(CLI::App& app, SessionOptions& options);

/// Owns plan, memory and threads of one runner.
class Session {
public:
    /// `path` is a model or a plan; models are compiled for this machine (fast) or for the portable
    /// target (tiny).
    static Outcome<Session> open(const std::string& path, const SessionOptions& options);

    [[nodiscard]] const plan::View& plan() const;

    [[nodiscard]] std::span<std::byte> port(std::size_t index) const;

    void run();
    void reset();

    [[nodiscard]] std::uint16_t features() const { return features_; }

private:
    static Outcome<Session> open_fast(fast::PlanFile file, const SessionOptions& options);
    static Outcome<Session> open_tiny(fast::PlanFile file);

    std::uint16_t features_ = 0;
    std::unique_ptr<platform::ThreadPool> pool_;
    std::unique_ptr<fast::Runner> fast_;
    fast::PlanFile tiny_file_;
    fast::AlignedBytes tiny_memory_;
    std::unique_ptr<tiny::Runner> tiny_;
};

}  // namespace verge::apps
