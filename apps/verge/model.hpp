#pragma once
// MODEL as the verbs take it: a .tflite file or a plan, compiled on the fly where a plan is needed.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/compile.hpp"
#include "platform/file.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::apps {

/// A target, or a board with its memory.
struct Place {
    compiler::Target target;
    std::string board;  // empty: not a board
    std::optional<std::uint64_t> ram_bytes = {};
    std::optional<std::uint64_t> flash_bytes = {};
};

/// A name of `verge boards` or of a target.
Outcome<Place> find_place(const std::string& name);

/// The model as a graph. Plans have none.
Outcome<graph::Graph> load_graph(const std::string& path);

/// A model or a plan, mapped (standard input: read) once.
struct ModelFile {
    std::string path;
    std::shared_ptr<const platform::MappedFile> file;
    bool is_plan = false;  // it starts as a plan does
};

Outcome<ModelFile> open_model(const std::string& path);

/// The bytes of a plan for `target`: the file itself, or compiled from the model.
Outcome<std::vector<std::byte>> plan_of(const ModelFile& model, const compiler::Target& target);

/// open_model() and plan_of().
Outcome<std::vector<std::byte>> load_plan(const std::string& path, const compiler::Target& target);

/// Nanoseconds of a monotonic clock, for the times in reports.
[[nodiscard]] std::uint64_t now_ns();

}  // namespace verge::apps
