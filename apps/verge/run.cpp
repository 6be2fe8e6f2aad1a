// verge run: one inference on given inputs.

#include <algorithm>

#include "apps/verge/model.hpp"
#include "apps/verge/session.hpp"
#include "apps/verge/tensors.hpp"
#include "apps/verge/verb.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::vector<std::string> inputs;
    std::string output;
    SessionOptions session;
    ReadOptions read;
    bool dequantises = false;
};

std::vector<std::vector<std::byte>> run_once(Session& session,
                                             const std::vector<PortInfo>& inputs,
                                             const std::vector<PortInfo>& outputs,
                                             const std::vector<std::vector<std::byte>>& data) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        std::ranges::copy(data[i], session.port(inputs[i].index).begin());
    }
    session.run();
    std::vector<std::vector<std::byte>> result;
    for (const PortInfo& port : outputs) {
        const auto bytes = session.port(port.index);
        result.emplace_back(bytes.begin(), bytes.end());
    }
    return result;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(Session session, Session::open(options.model, options.session));
    const std::vector<PortInfo> inputs = ports_of(session.plan(), false);
    const std::vector<PortInfo> outputs = ports_of(session.plan(), true);
    std::vector<InputFile> files;
    std::ranges::transform(options.inputs, std::back_inserter(files), parse_input);
    VERGE_ASSIGN(const auto data, read_inputs(inputs, files, options.read));
    const std::uint64_t start = now_ns();
    const auto results = run_once(session, inputs, outputs, data);
    const double milliseconds = static_cast<double>(now_ns() - start) * 1e-6;
    if (!options.output.empty()) {
        VERGE_CHECK(write_outputs(options.output, outputs, results, options.dequantises));
    }
    Answer answer;
    answer.json = {{"outputs", outputs_json(outputs, results)},
                   {"latency_ms", milliseconds},
                   {"runtime", options.session.runtime == RuntimeKind::tiny ? "tiny" : "fast"},
                   {"isa", cpu::describe(session.features())}};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        answer.text += describe(outputs[i]) + ", fnv1a " + std::to_string(fnv1a(results[i])) + "\n";
    }
    answer.text += "first run " + std::to_string(milliseconds) + " ms\n";
    return answer;
}

}  // namespace

std::function<Outcome<Answer>()> prepare_run(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("MODEL", options->model, "a .tflite file or a plan")->required();
    app.add_option("-i,--input", options->inputs,
                   ".npy, .npz or raw bytes; NAME=FILE where there are several inputs");
    app.add_option("-o,--output", options->output, "where the outputs go, as .npz or .npy");
    app.add_flag("--quantize-inputs", options->read.quantises,
                 "convert float data by the model's scale")
        ->group("Types");
    app.add_flag("--dequantize-outputs", options->dequantises,
                 "write float data by the model's scale")
        ->group("Types");
    add_session_options(app, options->session);
    return [options] { return act(*options); };
}

}  // namespace verge::apps
