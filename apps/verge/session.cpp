#include "apps/verge/session.hpp"

#include <cstdlib>

#include "apps/verge/model.hpp"
#include "apps/verge/options.hpp"
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
    app.add_option_function<std::string>(
           "--runtime",
           [&options](const std::string& name) {
               options.runtime = name == "tiny" ? RuntimeKind::tiny : RuntimeKind::fast;
           },
           "fast, or tiny as on microcontrollers: one thread, portable kernels")
        ->check(one_of({"fast", "tiny"}))
        ->type_name("NAME")
        ->default_str("fast")
        ->group("Running");
    app.add_option("--threads", options.threads, "workers; 0: all cores")
        ->check(whole_number(0, 256))
        ->type_name("N")
        ->default_str("1")
        ->group("Running");
    app.add_option("--cpu", options.cpu,
                   "use no more than this CPU has: baseline, avx2, avx512 (default: this one's)")
        ->type_name("ISA")
        ->group("Running");
}

namespace {

Done check_tiny(const SessionOptions& options) {
    if (options.runtime == RuntimeKind::fast || (options.threads == 1 && options.cpu.empty())) {
        return done();
    }
    return bad_input(
        std::string(options.threads != 1 ? "--threads" : "--cpu") + " with --runtime tiny",
        "--runtime fast, or neither: tiny has one thread and portable kernels");
}

}  // namespace

Outcome<Session> Session::open(const std::string& path, const SessionOptions& options) {
    VERGE_CHECK(check_tiny(options));
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
