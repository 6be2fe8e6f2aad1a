// verge inspect: what a model or plan holds, operator by operator, and what it costs.

#include <algorithm>
#include <array>
#include <cstdio>

#include "apps/verge/inspection.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/verb.hpp"
#include "platform/file.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::string target;
    std::string svg;
};

Json or_null(const std::optional<std::uint64_t>& number) {
    return number.has_value() ? Json(*number) : Json();
}

std::uint64_t total_macs(const Inspection& found) {
    std::uint64_t macs = 0;
    for (const OperatorInfo& op : found.operators) {
        macs += op.macs.value_or(0);
    }
    return macs;
}

std::string peak_operator(const Inspection& found) {
    return found.memory.has_value() && !found.steps.empty() ? found.steps[found.memory->peak_step]
                                                            : "";
}

Json ports_json(const std::vector<PortInfo>& ports) {
    Json list = Json::array();
    std::ranges::transform(ports, std::back_inserter(list), port_json);
    return list;
}

Json operators_json(const Inspection& found) {
    Json list = Json::array();
    for (const OperatorInfo& op : found.operators) {
        Json entry = {{"index", op.index},        {"kind", op.kind},
                      {"name", op.name},          {"output", op.output},
                      {"macs", or_null(op.macs)}, {"supported", op.reason.empty()},
                      {"reason", op.reason}};
        if (found.format == "plan") {
            entry["kernel"] = op.kernel;
        }
        list.push_back(std::move(entry));
    }
    return list;
}

Json parts_json(const std::vector<Part>& parts) {
    Json list = Json::array();
    for (const Part& part : parts) {
        list.push_back({{"name", part.name}, {"bytes", part.bytes}});
    }
    return list;
}

Json buffers_json(const MemoryMap& map) {
    Json list = Json::array();
    for (const MappedBuffer& buffer : map.buffers) {
        list.push_back({{"name", buffer.name},
                        {"offset", buffer.offset},
                        {"bytes", buffer.bytes},
                        {"first", buffer.first},
                        {"last", buffer.last}});
    }
    return list;
}

Json json_of(const Inspection& found) {
    Json metadata = Json::object();
    for (const auto& [key, value] : found.metadata) {
        metadata[key] = value;
    }
    Json json = {
        {"format", found.format},
        {"target", found.target},
        {"inputs", ports_json(found.inputs)},
        {"outputs", ports_json(found.outputs)},
        {"metadata", metadata},
        {"operators", operators_json(found)},
        {"macs", found.format == "plan" ? Json() : Json(total_macs(found))},
        {"weights_bytes", found.weights_bytes},
        {"arena_bytes", found.memory.has_value() ? Json(found.arena_bytes) : Json()},
        {"not_compiled_because",
         found.memory.has_value() ? Json() : Json(found.not_compiled_because)},
        {"peak_operator", found.memory.has_value() ? Json(peak_operator(found)) : Json()},
        {"buffers", found.memory.has_value() ? buffers_json(*found.memory) : Json::array()}};
    if (found.format == "plan") {
        json["sections"] = parts_json(found.sections);
        json["regions"] = parts_json(found.regions);
    }
    return json;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

/// Columns as wide as their widest cell, two spaces apart.
std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += padded(row[i], widths[i] + 2);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

/// Names that a converter joined from many fill lines: their beginning is enough here.
std::string shortened(const std::string& name) {
    constexpr std::size_t kMost = 56;
    return name.size() <= kMost ? name : name.substr(0, kMost - 3) + "...";
}

std::string ports_text(const char* title, const std::vector<PortInfo>& ports) {
    std::string text;
    for (const PortInfo& port : ports) {
        text += padded(title, 10) + describe(port);
        if (port.scale != 0) {
            std::array<char, 64> scale{};
            std::snprintf(scale.data(), scale.size(), ", scale %.9g, zero point %d",
                          static_cast<double>(port.scale), port.zero_point);
            text += scale.data();
        }
        text += "\n";
    }
    return text;
}

std::string operators_text(const Inspection& found) {
    const bool is_plan = found.format == "plan";
    std::vector<std::vector<std::string>> rows = {
        {"", "operator", "output", is_plan ? "kernel" : "macs", "name"}};
    for (const OperatorInfo& op : found.operators) {
        const std::string macs = op.macs.has_value() ? grouped(*op.macs) : "?";
        rows.push_back({std::to_string(op.index), op.kind, op.output, is_plan ? op.kernel : macs,
                        shortened(op.name)});
        if (!op.reason.empty()) {
            rows.back().back() += "  CANNOT BE RUN: " + op.reason;
        }
    }
    return table(rows);
}

std::string text_of(const Inspection& found) {
    std::string text = padded("format", 10) + found.format + ", for " + found.target + "\n";
    text += ports_text("input", found.inputs) + ports_text("output", found.outputs);
    for (const auto& [key, value] : found.metadata) {
        text += padded("metadata", 10) + key + ": " + value + "\n";
    }
    text += padded("weights", 10) + grouped(found.weights_bytes) + " bytes\n";
    if (found.format != "plan") {
        text += padded("work", 10) + grouped(total_macs(found)) + " multiply-accumulates\n";
    }
    if (found.memory.has_value()) {
        text += padded("arena", 10) + grouped(found.arena_bytes) +
                " bytes with state and tables, the peak at " + shortened(peak_operator(found)) +
                "\n";
    } else {
        text += padded("arena", 10) + "not known: " + found.not_compiled_because + "\n";
    }
    for (const Part& part : found.sections) {
        text += padded("section", 10) + part.name + ": " + grouped(part.bytes) + " bytes\n";
    }
    for (const Part& part : found.regions) {
        text += padded("region", 10) + part.name + ": " + grouped(part.bytes) + " bytes\n";
    }
    return text + "\n" + operators_text(found);
}

Done write_svg(const Inspection& found, const std::string& path) {
    if (!found.memory.has_value()) {
        return bad_input("there is no memory plan to draw: " + found.not_compiled_because,
                         "a model that compiles");
    }
    return platform::write_text_atomically(path, draw_svg(*found.memory, found.steps));
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(const ModelFile model, open_model(options.model));
    if (model.is_plan && !options.target.empty()) {
        return bad_input("--target " + options.target + " with a plan",
                         "a model: a plan is for one target already");
    }
    VERGE_ASSIGN(const Place place, find_place(options.target.empty() ? "host" : options.target));
    VERGE_ASSIGN(const Inspection found,
                 model.is_plan ? inspect_plan(model) : inspect_tflite(model, place.target));
    if (!options.svg.empty()) {
        VERGE_CHECK(write_svg(found, options.svg));
    }
    return Answer{json_of(found), text_of(found), false};
}

}  // namespace

std::function<Outcome<Answer>()> prepare_inspect(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_model(app, options->model, "a .tflite file or a plan");
    app.add_option("--target", options->target,
                   "count memory for this target or board (default: host; of a plan: its own)")
        ->type_name("NAME");
    app.add_option("--svg", options->svg, "draw the memory plan into this file")
        ->type_name(kWrites);
    return [options] { return act(*options); };
}

}  // namespace verge::apps
