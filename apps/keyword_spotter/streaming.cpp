#include "apps/keyword_spotter/streaming.hpp"

#include <utility>

#include "apps/verge/model.hpp"

namespace verge::spotter {
namespace {

Error cannot_stream(const Model& model, const std::string& reason) {
    return bad_input("it cannot be streamed: " + reason, "a model that looks at a window",
                     "leave --stream (or \"stream\" in the settings) out")
        .within(model.path);
}

}  // namespace

Outcome<compiler::Compiled> compile_model(const Model& model, const compiler::Target& target) {
    VERGE_ASSIGN(graph::Graph graph, apps::load_graph(model.path));
    compiler::CompileOptions options{.target = target, .keeps_names = false};
    const bool streams = model.settings.window_frames != 0;
    if (streams) {
        // What it says before the window is full is not listened to: no first contents in flash.
        options.stream = {.frames = model.settings.stride_frames,
                          .starts_filled = false,
                          .most_state_bytes = model.most_state_bytes};
    }
    VERGE_ASSIGN(compiler::Compiled compiled, compiler::compile(std::move(graph), options));
    if (streams && !compiled.stream.is_streamed) {
        return cannot_stream(model, compiled.stream.reason);
    }
    return compiled;
}

Done stream_model(Model& model, const compiler::Target& target) {
    if (model.front_end->source->normalise != nullptr) {
        return cannot_stream(model, "its front end scales each window by its loudest sample");
    }
    model.settings.window_frames = model.window_frames;
    VERGE_ASSIGN(compiler::Compiled compiled, compile_model(model, target));
    model.plan = std::move(compiled.plan);
    model.window_frames = model.settings.stride_frames;
    return done();
}

}  // namespace verge::spotter
