// Reshapes that need no copy: the output becomes another view of the input's bytes.

#include <vector>

#include "compiler/memory/arena.hpp"
#include "operators/op_id.hpp"

namespace verge::compiler {
namespace {

/// Input and output both lie in the arena, and the output is no port of its own storage's input.
bool is_free(const plan::Draft& draft, const plan::Step& step) {
    if (step.op != static_cast<std::uint16_t>(OpId::reshape)) {
        return false;
    }
    const plan::Tensor& from = draft.tensors[draft.operands[step.first_operand]];
    const plan::Tensor& to = draft.tensors[draft.operands[step.first_operand + step.input_count]];
    return from.region == plan::region::arena && to.region == plan::region::arena;
}

void share_storage(plan::Draft& draft, std::uint32_t old, std::uint32_t storage) {
    for (plan::Tensor& tensor : draft.tensors) {
        if (tensor.region == plan::region::arena && tensor.offset == old) {
            tensor.offset = storage;
        }
    }
}

}  // namespace

void remove_free_reshapes(plan::Draft& draft) {
    std::vector<plan::Step> kept;
    std::vector<std::uint32_t> names;
    for (std::size_t i = 0; i < draft.steps.size(); ++i) {
        const plan::Step& step = draft.steps[i];
        if (is_free(draft, step)) {
            share_storage(
                draft, draft.tensors[draft.operands[step.first_operand + step.input_count]].offset,
                draft.tensors[draft.operands[step.first_operand]].offset);
        } else {
            kept.push_back(step);
            names.push_back(draft.step_names[i]);
        }
    }
    draft.steps = std::move(kept);
    draft.step_names = std::move(names);
}

}  // namespace verge::compiler
