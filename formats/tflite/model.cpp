// Comparisons and small questions of the plain structs.

#include "formats/tflite/model.hpp"

#include <algorithm>

namespace verge::tflite {
namespace {

bool same_bytes(std::span<const std::byte> a, std::span<const std::byte> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

bool Tensor::is_dynamic() const {
    return std::any_of(signature.begin(), signature.end(), [](auto size) { return size < 0; });
}

bool operator==(const Tensor& a, const Tensor& b) {
    return a.name == b.name && a.type == b.type && a.shape == b.shape &&
           a.signature == b.signature && a.quantisation == b.quantisation &&
           a.is_variable == b.is_variable && a.is_sparse == b.is_sparse &&
           a.has_rank == b.has_rank && same_bytes(a.data, b.data);
}

std::string Operator::name() const {
    return custom_name.empty() ? operator_name(code) : custom_name;
}

bool operator==(const Operator& a, const Operator& b) {
    return a.code == b.code && a.custom_name == b.custom_name && a.version == b.version &&
           a.inputs == b.inputs && a.outputs == b.outputs && a.intermediates == b.intermediates &&
           a.options == b.options && same_bytes(a.custom_options, b.custom_options);
}

bool operator==(const Metadata& a, const Metadata& b) {
    return a.name == b.name && same_bytes(a.data, b.data);
}

std::vector<std::int64_t> called_subgraphs(const Options& options) {
    if (const auto* call = std::get_if<CallOptions>(&options)) {
        return {call->subgraph};
    }
    if (const auto* once = std::get_if<CallOnceOptions>(&options)) {
        return {once->init_subgraph_index};
    }
    if (const auto* branch = std::get_if<IfOptions>(&options)) {
        return {branch->then_subgraph_index, branch->else_subgraph_index};
    }
    if (const auto* loop = std::get_if<WhileOptions>(&options)) {
        return {loop->cond_subgraph_index, loop->body_subgraph_index};
    }
    return {};
}

}  // namespace verge::tflite
