#include "apps/verge/eval/runners.hpp"

#include <algorithm>

#include "apps/verge/board_inference.hpp"
#include "apps/verge/model.hpp"

namespace verge::apps {
namespace {

class MachineRunner final : public ModelRunner {
public:
    explicit MachineRunner(Session session)
        : session_(std::move(session)),
          inputs_(ports_of(session_.plan(), false)),
          outputs_(ports_of(session_.plan(), true)) {}

    [[nodiscard]] const std::vector<PortInfo>& inputs() const override { return inputs_; }

    [[nodiscard]] const std::vector<PortInfo>& outputs() const override { return outputs_; }

    [[nodiscard]] bool counts_instructions() const override { return false; }

    void reset() override { session_.reset(); }

    Outcome<ModelRun> run(const Tensors& inputs) override {
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            std::ranges::copy(inputs[i], session_.port(inputs_[i].index).begin());
        }
        const std::uint64_t start = now_ns();
        session_.run();
        ModelRun result{{}, now_ns() - start};
        for (const PortInfo& port : outputs_) {
            const auto bytes = session_.port(port.index);
            result.outputs.emplace_back(bytes.begin(), bytes.end());
        }
        return result;
    }

private:
    Session session_;
    std::vector<PortInfo> inputs_;
    std::vector<PortInfo> outputs_;
};

/// Boots the board anew for each run, so that its state is always the first one.
class BoardRunner final : public ModelRunner {
public:
    explicit BoardRunner(BoardModel model) : model_(std::move(model)) {}

    [[nodiscard]] const std::vector<PortInfo>& inputs() const override { return model_.inputs; }

    [[nodiscard]] const std::vector<PortInfo>& outputs() const override { return model_.outputs; }

    [[nodiscard]] bool counts_instructions() const override { return true; }

    void reset() override {}

    Outcome<ModelRun> run(const Tensors& inputs) override {
        VERGE_ASSIGN(BoardInference inference, infer(model_, inputs, kTimeoutMs));
        return ModelRun{std::move(inference.outputs), inference.run.intervals[1]};
    }

private:
    static constexpr std::uint64_t kTimeoutMs = 300'000;

    BoardModel model_;
};

}  // namespace

Outcome<std::unique_ptr<ModelRunner>> open_runner(const std::string& model,
                                                  const RunnerChoice& choice) {
    if (!choice.board.empty()) {
        VERGE_ASSIGN(const Board* board, board_of(choice.board));
        VERGE_ASSIGN(BoardModel firmware, open_board_model(model, *board));
        return std::unique_ptr<ModelRunner>(std::make_unique<BoardRunner>(std::move(firmware)));
    }
    VERGE_ASSIGN(Session session, Session::open(model, choice.session));
    return std::unique_ptr<ModelRunner>(std::make_unique<MachineRunner>(std::move(session)));
}

}  // namespace verge::apps
