#pragma once
// What `verge eval` runs a model on: this machine, or an emulated board.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/verge/eval/preprocess.hpp"
#include "apps/verge/session.hpp"
#include "apps/verge/tensors.hpp"
#include "base/outcome.hpp"

namespace verge::apps {

struct ModelRun {
    Tensors outputs;
    std::uint64_t cost;  // of the run alone: nanoseconds, or on a board instructions
};

/// A plug point: runs one model again and again.
class ModelRunner {
public:
    ModelRunner() = default;
    ModelRunner(const ModelRunner&) = delete;
    ModelRunner& operator=(const ModelRunner&) = delete;
    virtual ~ModelRunner() = default;

    [[nodiscard]] virtual const std::vector<PortInfo>& inputs() const = 0;
    [[nodiscard]] virtual const std::vector<PortInfo>& outputs() const = 0;

    /// What ModelRun::cost counts.
    [[nodiscard]] virtual bool counts_instructions() const = 0;

    /// Forgets what earlier runs left in the model's state.
    virtual void reset() = 0;

    /// Precondition: the bytes of each input, in order.
    virtual Outcome<ModelRun> run(const Tensors& inputs) = 0;
};

struct RunnerChoice {
    std::string board;  // empty: this machine
    SessionOptions session;
};

Outcome<std::unique_ptr<ModelRunner>> open_runner(const std::string& model,
                                                  const RunnerChoice& choice);

}  // namespace verge::apps
