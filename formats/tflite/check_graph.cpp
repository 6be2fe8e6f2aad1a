// The order of operators and the calls between subgraphs, checked without recursion.

#include "formats/tflite/check_graph.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "formats/tflite/places.hpp"

namespace verge::tflite {
namespace {

constexpr const char* kExportAgain = "export the model again with its converter";

std::size_t index_of(std::int32_t tensor) {
    return static_cast<std::size_t>(tensor);
}

/// Who writes each tensor of a subgraph, and which are there before the first operator runs.
class Writers {
public:
    explicit Writers(const Subgraph& subgraph)
        : subgraph_(subgraph),
          writer_(subgraph.tensors.size(), kNobody),
          is_input_(writer_.size()),
          given_(writer_.size()) {
        for (std::size_t i = 0; i < given_.size(); ++i) {
            const Tensor& tensor = subgraph.tensors[i];
            given_[i] =
                tensor.is_constant() || tensor.is_variable || element_count(tensor.shape) == 0;
        }
        for (const std::int32_t input : subgraph.inputs) {
            is_input_[index_of(input)] = true;
            given_[index_of(input)] = true;
        }
    }

    /// Notes that operator `writer` writes `tensor`.
    Done write(std::int32_t tensor, std::size_t writer) {
        if (tensor == kNoTensor) {
            return done();
        }
        const Tensor& target = subgraph_.tensors[index_of(tensor)];
        if (target.is_constant()) {
            return broken(tensor, "is a constant, yet it is written");
        }
        if (is_input_[index_of(tensor)]) {
            return broken(tensor, "is an input of the subgraph, yet it is written");
        }
        std::size_t& known = writer_[index_of(tensor)];
        if (known != kNobody) {
            return broken(tensor, "is written by " + operator_at(known) + " as well");
        }
        known = writer;
        return done();
    }

    /// Refuses a read of `tensor` by operator `reader` (or at the end, past the last operator).
    [[nodiscard]] Done read(std::int32_t tensor, std::size_t reader) const {
        if (tensor == kNoTensor || given_[index_of(tensor)]) {
            return done();
        }
        const std::size_t writer = writer_[index_of(tensor)];
        if (writer == kNobody) {
            return broken(tensor, "has no data, is no input and nobody writes it");
        }
        if (writer == reader) {
            return broken(tensor, "is written by the operator that reads it");
        }
        if (writer > reader) {
            return broken(tensor, "is written only later, by " + operator_at(writer) +
                                      ": the operators form a cycle or are out of order");
        }
        return done();
    }

private:
    static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

    [[nodiscard]] std::string operator_at(std::size_t index) const {
        return place_of_operator(index, subgraph_.operators[index].name());
    }

    [[nodiscard]] Error broken(std::int32_t tensor, const std::string& what) const {
        const std::string& name = subgraph_.tensors[index_of(tensor)].name;
        return bad_input(place_named("tensor", index_of(tensor), name) + " " + what,
                         "each tensor written once, before it is read", kExportAgain);
    }

    const Subgraph& subgraph_;
    std::vector<std::size_t> writer_;
    std::vector<bool> is_input_;
    std::vector<bool> given_;
};

/// The Error of a Done inside one operand of one operator.
Error in_operand(Done fault,
                 const Subgraph& subgraph,
                 std::size_t index,
                 const std::string& operand) {
    return std::move(fault).error().within(operand).within(
        place_of_operator(index, subgraph.operators[index].name()));
}

Done check_writes(const Subgraph& subgraph, Writers& writers) {
    for (std::size_t i = 0; i < subgraph.operators.size(); ++i) {
        const auto& outputs = subgraph.operators[i].outputs;
        for (std::size_t k = 0; k < outputs.size(); ++k) {
            if (Done written = writers.write(outputs[k], i); !written.ok()) {
                return in_operand(std::move(written), subgraph, i, place("output", k));
            }
        }
    }
    return done();
}

Done check_reads(const Subgraph& subgraph, const Writers& writers) {
    for (std::size_t i = 0; i < subgraph.operators.size(); ++i) {
        const auto& inputs = subgraph.operators[i].inputs;
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            if (Done there = writers.read(inputs[k], i); !there.ok()) {
                return in_operand(std::move(there), subgraph, i, place("input", k));
            }
        }
    }
    for (std::size_t k = 0; k < subgraph.outputs.size(); ++k) {
        if (Done there = writers.read(subgraph.outputs[k], subgraph.operators.size());
            !there.ok()) {
            return std::move(there).error().within(place("output", k));
        }
    }
    return done();
}

using Calls = std::vector<std::vector<std::size_t>>;

Outcome<std::vector<std::size_t>> calls_of(const Subgraph& subgraph, std::size_t subgraphs) {
    std::vector<std::size_t> calls;
    for (std::size_t i = 0; i < subgraph.operators.size(); ++i) {
        const Operator& caller = subgraph.operators[i];
        for (const std::int64_t callee : called_subgraphs(caller.options)) {
            if (callee < 0 || callee >= static_cast<std::int64_t>(subgraphs)) {
                return bad_input("it calls subgraph " + std::to_string(callee),
                                 "one of the " + std::to_string(subgraphs) + " in the file",
                                 kExportAgain)
                    .within(place_of_operator(i, caller.name()));
            }
            calls.push_back(static_cast<std::size_t>(callee));
        }
    }
    return calls;
}

/// Takes away subgraphs that nobody left calls; what remains calls itself in a circle.
std::vector<std::size_t> callers_left(const Calls& calls) {
    std::vector<std::size_t> callers(calls.size(), 0);
    for (const auto& callees : calls) {
        for (const std::size_t callee : callees) {
            ++callers[callee];
        }
    }
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (callers[i] == 0) {
            free.push_back(i);
        }
    }
    while (!free.empty()) {
        const std::size_t caller = free.back();
        free.pop_back();
        for (const std::size_t callee : calls[caller]) {
            if (--callers[callee] == 0) {
                free.push_back(callee);
            }
        }
    }
    return callers;
}

}  // namespace

Done check_order(const Subgraph& subgraph) {
    Writers writers(subgraph);
    VERGE_CHECK(check_writes(subgraph, writers));
    return check_reads(subgraph, writers);
}

Done check_calls(const Model& model) {
    Calls calls;
    for (std::size_t i = 0; i < model.subgraphs.size(); ++i) {
        auto found = calls_of(model.subgraphs[i], model.subgraphs.size());
        if (!found.ok()) {
            return std::move(found).error().within(place("subgraph", i));
        }
        calls.push_back(std::move(found).value());
    }
    const auto left = callers_left(calls);
    const auto circle = std::find_if(left.begin(), left.end(), [](auto n) { return n != 0; });
    if (circle == left.end()) {
        return done();
    }
    return bad_input("it is called, directly or through others, by itself",
                     "subgraphs that call without a circle", kExportAgain)
        .within(place("subgraph", static_cast<std::size_t>(circle - left.begin())));
}

}  // namespace verge::tflite
