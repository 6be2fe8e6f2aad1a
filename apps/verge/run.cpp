// verge run: one inference on given inputs.

#include <algorithm>

#include "apps/verge/model.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/session.hpp"
#include "apps/verge/tensors.hpp"
#include "apps/verge/verb.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    TensorOptions tensors;
    SessionOptions session;
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
    VERGE_CHECK(check_output(options.tensors.output, outputs));
    VERGE_ASSIGN(const auto data,
                 read_inputs(inputs, options.tensors.inputs, {options.tensors.quantises}));
    const std::uint64_t start = now_ns();
    const auto results = run_once(session, inputs, outputs, data);
    const double milliseconds = static_cast<double>(now_ns() - start) * 1e-6;
    if (!options.tensors.output.empty()) {
        VERGE_CHECK(
            write_outputs(options.tensors.output, outputs, results, options.tensors.dequantises));
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
    add_model(app, options->model, "a .tflite file or a plan");
    add_tensor_options(app, options->tensors);
    add_session_options(app, options->session);
    return [options] { return act(*options); };
}

}  // namespace verge::apps
