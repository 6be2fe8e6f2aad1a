// verge compile: a model becomes a plan, with what it needs and whether that fits.

#include <algorithm>

#include "apps/verge/emitted.hpp"
#include "apps/verge/model.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/verb.hpp"
#include "platform/file.hpp"
#include "runtime/fast/aligned.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::string output;
    std::string target = "host";
    std::string ram;
    std::string flash;
    bool strips_names = false;
    bool shows_memory = false;
    std::vector<std::string> disabled;
    std::optional<std::uint64_t> stream_frames;
    std::string stream_state;
    bool starts_cold = false;
    std::vector<std::string> metadata;  // "key=value"
    std::vector<std::string> emit;      // empty, or "cpp" and a folder
};

struct Budget {
    std::optional<std::uint64_t> ram;
    std::optional<std::uint64_t> flash;
};

Outcome<Budget> budget_of(const Options& options, const Place& place) {
    Budget budget{place.ram_bytes, place.flash_bytes};
    if (!options.ram.empty()) {
        VERGE_ASSIGN(budget.ram, parse_size(options.ram));
    }
    if (!options.flash.empty()) {
        VERGE_ASSIGN(budget.flash, parse_size(options.flash));
    }
    return budget;
}

Json peak_json(const compiler::Compiled& compiled) {
    Json peak = Json::array();
    for (const compiler::PeakTensor& tensor : compiled.arena.peak) {
        peak.push_back({{"tensor", tensor.tensor},
                        {"bytes", tensor.bytes},
                        {"offset", tensor.offset},
                        {"operator", tensor.step}});
    }
    return peak;
}

Json passes_json(const compiler::Compiled& compiled) {
    Json passes = Json::array();
    for (const compiler::PassReport& pass : compiled.passes) {
        passes.push_back(
            {{"name", pass.name}, {"changed", pass.has_changed}, {"ms", pass.milliseconds}});
    }
    return passes;
}

std::uint64_t peak_bytes(const compiler::Compiled& compiled) {
    const auto& live = compiled.arena.live_bytes;
    return live.empty() ? 0 : live[compiled.arena.peak_step];
}

std::string peak_words(const compiler::Compiled& compiled) {
    std::string text;
    for (const compiler::PeakTensor& tensor : compiled.arena.peak) {
        text += (text.empty() ? "" : ", ") + ("'" + tensor.tensor + "' of " + tensor.step + " (" +
                                              grouped(tensor.bytes) + " bytes)");
    }
    return text;
}

Json stream_json(const compiler::Compiled& compiled) {
    const compiler::StreamReport& stream = compiled.stream;
    Json nodes = Json::array();
    for (const compiler::StreamedNode& node : stream.nodes) {
        nodes.push_back({{"operator", node.op},
                         {"name", node.name},
                         {"columns", node.columns},
                         {"computed_columns", node.computed},
                         {"state_bytes", node.state_bytes},
                         {"reason", node.reason}});
    }
    return {{"streamed", stream.is_streamed},
            {"frames", stream.frames},
            {"window_frames", stream.window_frames},
            {"runs_until_full", stream.runs_until_full},
            {"state_bytes", stream.state_bytes},
            {"window_macs", compiled.window_macs},
            {"operators", nodes},
            {"reason", stream.reason}};
}

std::string stream_words(const compiler::Compiled& compiled) {
    const compiler::StreamReport& stream = compiled.stream;
    if (stream.frames == 0) {
        return "";
    }
    if (!stream.is_streamed) {
        return "streaming  none: " + stream.reason + "\n";
    }
    std::string text = "streaming  " + std::to_string(stream.frames) + " new frames a run of the " +
                       std::to_string(stream.window_frames) + " of the window; " +
                       grouped(static_cast<std::uint64_t>(stream.state_bytes)) +
                       " bytes of state; the whole window took " + grouped(compiled.window_macs) +
                       " multiply-accumulates\n";
    for (const compiler::StreamedNode& node : stream.nodes) {
        text += "           " + node.op + " '" + node.name + "': ";
        text += node.columns == 0 ? std::string("all of it")
                                  : std::to_string(node.computed) + " of " +
                                        std::to_string(node.columns) + " columns";
        text += node.reason.empty() ? "" : ": " + node.reason;
        text += "\n";
    }
    return text;
}

/// Why it does not fit; empty when it does.
std::vector<std::string> reasons_of(const compiler::Compiled& compiled, const Budget& budget) {
    std::vector<std::string> reasons;
    if (budget.ram.has_value() && compiled.workspace_bytes > *budget.ram) {
        reasons.push_back("RAM: the model needs " + grouped(compiled.workspace_bytes) +
                          " bytes of arena, state and tables, but there are " +
                          grouped(*budget.ram) + "; alive at the peak of " +
                          grouped(peak_bytes(compiled)) + " bytes: " + peak_words(compiled));
    }
    const std::uint64_t flash = compiled.plan.size() + compiled.code_bytes_estimate;
    if (budget.flash.has_value() && flash > *budget.flash) {
        reasons.push_back("flash: the plan takes " + grouped(compiled.plan.size()) +
                          " bytes and code about " + grouped(compiled.code_bytes_estimate) +
                          ", but there are " + grouped(*budget.flash));
    }
    return reasons;
}

std::string table_of(const compiler::Compiled& compiled) {
    std::string text =
        "arena      " + grouped(compiled.workspace_bytes) + " bytes (arena, state and tables)\n" +
        "weights    " + grouped(compiled.weights_bytes) + " bytes\n" + "plan       " +
        grouped(compiled.plan.size()) + " bytes\n" + "code       about " +
        grouped(compiled.code_bytes_estimate) + " bytes\n" + "work       " +
        grouped(compiled.macs) + " multiply-accumulates\n" + "peak       " +
        grouped(peak_bytes(compiled)) + " bytes: " + peak_words(compiled) + "\n" + "kernels   ";
    std::vector<std::string> shown;
    for (const std::string& name : compiled.kernel_names) {
        if (std::ranges::find(shown, name) == shown.end()) {
            text += " " + name;
            shown.push_back(name);
        }
    }
    text += "\npasses    ";
    for (const compiler::PassReport& pass : compiled.passes) {
        if (pass.has_changed) {
            text += " " + pass.name;
        }
    }
    return text + "\n";
}

Answer answer_of(const compiler::Compiled& compiled,
                 const Place& place,
                 const Budget& budget,
                 const Options& options) {
    const std::vector<std::string> reasons = reasons_of(compiled, budget);
    Answer answer;
    answer.is_no = !reasons.empty();
    answer.json = {{"target", place.target.name},
                   {"fits", reasons.empty()},
                   {"arena_bytes", compiled.workspace_bytes},
                   {"weights_bytes", compiled.weights_bytes},
                   {"plan_bytes", compiled.plan.size()},
                   {"code_bytes_estimate", compiled.code_bytes_estimate},
                   {"macs", compiled.macs},
                   {"peak", peak_json(compiled)},
                   {"peak_bytes", peak_bytes(compiled)},
                   {"live_bytes", compiled.arena.live_bytes},
                   {"passes", passes_json(compiled)},
                   {"kernels", compiled.kernel_names},
                   {"kernel_lines", compiled.kernels},
                   {"reasons", reasons}};
    if (options.stream_frames.has_value()) {
        answer.json["stream"] = stream_json(compiled);
    }
    answer.text = table_of(compiled) + stream_words(compiled);
    if (options.shows_memory) {
        answer.text += "\nmemory, one column a step:\n" + compiled.arena.picture;
    }
    for (const std::string& reason : reasons) {
        answer.text += "does not fit: " + reason + "\n";
    }
    return answer;
}

/// Writes the model as direct kernel calls, where that was asked for.
Done emit_cpp(const Options& options, const Place& place, std::span<const std::byte> plan) {
    if (options.emit.empty()) {
        return done();
    }
    const fast::AlignedBytes aligned(plan);
    const Result<plan::View> view = plan::View::open(aligned.bytes());
    if (!view.ok()) {
        return fast::explain(view.fault(), "plan");
    }
    VERGE_ASSIGN(const EmittedModel model, emit_model(view.value(), place.target.features));
    return write_emitted(model, options.emit[1]);
}

/// Adds what --metadata gives; a key that the model has already is replaced.
Done add_metadata(const std::vector<std::string>& pairs, graph::Graph& graph) {
    for (const std::string& pair : pairs) {
        const std::size_t equals = pair.find('=');
        if (equals == 0 || equals == std::string::npos) {
            return bad_input("--metadata " + pair, "KEY=VALUE, such as front_end=mfcc");
        }
        const std::string key = pair.substr(0, equals);
        std::erase_if(graph.metadata, [&](const auto& entry) { return entry.first == key; });
        graph.metadata.emplace_back(key, pair.substr(equals + 1));
    }
    return done();
}

/// Before anything is written.
Done check_emit(const Options& options) {
    return options.emit.empty() || options.emit[0] == "cpp"
               ? done()
               : bad_input("--emit '" + options.emit[0] + "'", "--emit cpp DIR",
                           "C++ is the only language that is written");
}

Outcome<Answer> act(const Options& options) {
    VERGE_CHECK(check_emit(options));
    VERGE_ASSIGN(const Place place, find_place(options.target));
    VERGE_ASSIGN(const Budget budget, budget_of(options, place));
    VERGE_ASSIGN(graph::Graph graph, load_graph(options.model));
    VERGE_CHECK(add_metadata(options.metadata, graph));
    compiler::CompileOptions how{.target = place.target, .keeps_names = !options.strips_names};
    how.passes.now_ns = [] { return static_cast<std::int64_t>(now_ns()); };
    how.passes.disabled = options.disabled;
    how.stream = {.frames = static_cast<std::int64_t>(options.stream_frames.value_or(0)),
                  .starts_filled = !options.starts_cold};
    if (!options.stream_state.empty()) {
        VERGE_ASSIGN(const std::uint64_t most, parse_size(options.stream_state));
        how.stream.most_state_bytes = static_cast<std::int64_t>(most);
    }
    auto compiled = compiler::compile(std::move(graph), how);
    if (!compiled.ok()) {
        return std::move(compiled).error().within(options.model);
    }
    Answer answer = answer_of(compiled.value(), place, budget, options);
    if (!options.output.empty() && !answer.is_no) {
        VERGE_CHECK(platform::write_file_atomically(options.output, compiled.value().plan));
    }
    if (!answer.is_no) {
        VERGE_CHECK(emit_cpp(options, place, compiled.value().plan));
    }
    return answer;
}

}  // namespace

std::function<Outcome<Answer>()> prepare_compile(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_model(app, options->model, "a .tflite file");
    app.add_option("-o,--output", options->output, "the plan; not written when it does not fit")
        ->type_name(kWrites);
    app.add_option("--target", options->target, "a target or a board")
        ->type_name("NAME")
        ->default_str("host")
        ->group("Target");
    app.add_option("--ram", options->ram,
                   "RAM that arena, state and tables may take, such as 64K (default: the board's)")
        ->type_name("SIZE")
        ->group("Target");
    app.add_option("--flash", options->flash,
                   "flash that plan and code may take, such as 256K (default: the board's)")
        ->type_name("SIZE")
        ->group("Target");
    app.add_option("--emit", options->emit,
                   "also write C++ that calls the kernels directly, and its constants, into the "
                   "folder DIR, which is created where only it is missing")
        ->type_name("cpp DIR")
        ->expected(2)
        ->group("Report and plan");
    app.add_option("--stream", options->stream_frames,
                   "a plan that takes this many new frames a run, not a whole window")
        ->check(whole_number(1, 1'000'000))
        ->type_name("N")
        ->group("Streaming");
    app.add_option("--stream-state", options->stream_state,
                   "what may be kept from run to run, such as 16K; less: more is computed again")
        ->type_name("SIZE")
        ->needs("--stream")
        ->group("Streaming");
    app.add_flag("--cold", options->starts_cold,
                 "leave the states' first contents out of the plan: what the runs before "
                 "runs_until_full say belongs to no window")
        ->needs("--stream")
        ->group("Streaming");
    app.add_flag("--strip", options->strips_names, "leave names out of the plan")
        ->group("Report and plan");
    app.add_option("--metadata", options->metadata,
                   "KEY=VALUE: a note that travels in the plan, such as front_end=mfcc")
        ->group("Report and plan");
    app.add_flag("--memory", options->shows_memory, "draw the memory plan")
        ->group("Report and plan");
    app.add_option("--without-pass", options->disabled, "skip a pass, by name")
        ->type_name("PASS")
        ->allow_extra_args(false)
        ->group("Report and plan");
    return [options] { return act(*options); };
}

}  // namespace verge::apps
