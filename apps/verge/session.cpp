#include "apps/verge/session.hpp"

#include <cstdlib>
#include <map>

#include "apps/verge/model.hpp"
#include "operators/all_kernels.hpp"
#include "platform/machine.hpp"

namespace verge::apps {
namespace {

/// $VERGE_CACHE or the user's cache, of which plans take a folder; empty: there is none.
std::string plan_cache() {
    const char* chosen =
        std::getenv("VERGE_CACHE");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (chosen != nullptr && *chosen != '\0') {
        return std::string(chosen) + "/plans";
    }
    const auto folder = platform::cache_folder();
    return folder.ok() ? folder.value() + "/plans" : "";
}

}  // namespace

void add_session_options(CLI::App& app, SessionOptions& options) {
    const std::map<std::string, RuntimeKind> kinds = {{"fast", RuntimeKind::fast},
                                                      {"tiny", RuntimeKind::tiny}};
    app.add_option("--runtime", options.runtime, "fast or tiny")
        ->transform(CLI::CheckedTransformer(kinds))
        ->group("Running");
    app.add_option("--threads", options.threads, "workers; 0: all cores")
        ->check(CLI::Range(0U, 256U))
        ->group("Running");
    app.add_option("--cpu", options.cpu, "use no more than this CPU has: baseline, avx2, avx512")
        ->group("Running");
}

Outcome<Session> Session::open(const std::string& path, const SessionOptions& options) {
    std::uint16_t features = cpu::here();
    if (!options.cpu.empty()) {
        VERGE_ASSIGN(const std::uint16_t wanted, cpu::parse(options.cpu));
        if ((wanted & ~features) != 0) {
            return bad_input("this machine is no '" + options.cpu + "'",
                             cpu::describe(features) + " or less");
        }
        features = wanted;
    }
    const bool is_tiny = options.runtime == RuntimeKind::tiny;
    fast::LoadOptions load{.features = is_tiny ? std::uint16_t{cpu::fpu32} : features,
                           .cache_folder = is_tiny ? "" : plan_cache()};
    VERGE_ASSIGN(compiler::Target target, compiler::find_target(is_tiny ? "portable" : "host"));
    target.features = load.features;
    VERGE_ASSIGN(const ModelFile model, open_model(path));
    auto file = Outcome<fast::PlanFile>(Error{});
    if (model.is_plan && path != "-") {
        file = fast::PlanFile::open(path, load);
    } else {
        VERGE_ASSIGN(const std::vector<std::byte> bytes, plan_of(model, target));
        file = fast::PlanFile::from_bytes(bytes, load);
    }
    if (!file.ok()) {
        return std::move(file).error();
    }
    return is_tiny ? open_tiny(std::move(file).value())
                   : open_fast(std::move(file).value(), options);
}

Outcome<Session> Session::open_fast(fast::PlanFile file, const SessionOptions& options) {
    Session session;
    session.features_ = file.features();
    if (options.threads != 1) {
        VERGE_ASSIGN(session.pool_, platform::ThreadPool::create(options.threads));
    }
    VERGE_ASSIGN(fast::Runner runner,
                 fast::Runner::create(std::move(file), {.pool = session.pool_.get()}));
    session.fast_ = std::make_unique<fast::Runner>(std::move(runner));
    return session;
}

Outcome<Session> Session::open_tiny(fast::PlanFile file) {
    Session session;
    session.features_ = file.features();
    session.tiny_file_ = std::move(file);
    const plan::View& view = session.tiny_file_.view();
    session.tiny_memory_ = fast::AlignedBytes(tiny::workspace_bytes(view));
    const auto runner = tiny::Runner::create(view, {.main = session.tiny_memory_.bytes()},
                                             {all_kernels(), session.features_});
    if (!runner.ok()) {
        return fast::explain(runner.fault(), "tiny runtime");
    }
    session.tiny_ = std::make_unique<tiny::Runner>(runner.value());
    return session;
}

const plan::View& Session::plan() const {
    return fast_ != nullptr ? fast_->plan() : tiny_->plan();
}

std::span<std::byte> Session::port(std::size_t index) const {
    return fast_ != nullptr ? fast_->port(index) : tiny_->port(index);
}

void Session::run() {
    fast_ != nullptr ? fast_->run() : tiny_->run();
}

void Session::reset() {
    fast_ != nullptr ? fast_->reset() : tiny_->reset();
}

}  // namespace verge::apps
