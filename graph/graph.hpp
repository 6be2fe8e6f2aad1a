#pragma once
// The intermediate representation: values and nodes, in the order in which they run. Importers
// build it, passes rewrite it, emit turns it into a plan.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "operators/op_id.hpp"
#include "plan/plan.hpp"

namespace verge::graph {

using plan::Type;

enum class ValueId : std::uint32_t {};
enum class NodeId : std::uint32_t {};

/// An optional operand that is not there.
inline constexpr ValueId kNoValue{0xffffffffU};

[[nodiscard]] constexpr std::uint32_t index(ValueId id) {
    return static_cast<std::uint32_t>(id);
}

[[nodiscard]] constexpr std::uint32_t index(NodeId id) {
    return static_cast<std::uint32_t>(id);
}

using Dims = std::vector<std::int64_t>;

/// real = scale * (stored - zero_point); one pair for the tensor, or one per index of `axis`.
struct Quantisation {
    std::vector<float> scales;
    std::vector<std::int32_t> zero_points;
    std::int32_t axis = 0;

    [[nodiscard]] bool empty() const { return scales.empty(); }

    [[nodiscard]] bool is_per_axis() const { return scales.size() > 1; }

    bool operator==(const Quantisation&) const = default;
};

/// Bytes that never change, with their owner: a view into the mapped model file, or a buffer that
/// a pass made. Shared between copies of a graph, hence the shared_ptr.
class Constant {
public:
    Constant() = default;

    explicit Constant(std::vector<std::byte> bytes)
        : owner_(std::make_shared<const std::vector<std::byte>>(std::move(bytes))),
          bytes_(*static_cast<const std::vector<std::byte>*>(owner_.get())) {}

    /// Views bytes that `owner` keeps alive (nullptr: somebody else does).
    Constant(std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
        : owner_(std::move(owner)), bytes_(bytes) {}

    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

private:
    std::shared_ptr<const void> owner_;
    std::span<const std::byte> bytes_;
};

enum class ValueKind : std::uint8_t {
    activation,  // made by a node, or an input of the graph
    constant,
    state,  // lives from run to run; `constant` holds its initial bytes, or nothing for zeros
};

struct Value {
    std::string name;
    Type type = Type::none;
    Dims dims;
    Quantisation quantisation;
    ValueKind kind = ValueKind::activation;
    Constant constant;

    [[nodiscard]] bool is_constant() const { return kind == ValueKind::constant; }
};

/// One operator with its operands. `attributes` are the bytes of the operator's struct (op.hpp).
/// A node may write a state: then the state is among its outputs.
struct Node {
    OpId op{};
    std::string name;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    std::vector<std::byte> attributes;
};

class Graph {
public:
    std::string name;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    std::vector<Node> nodes;  // in execution order
    std::vector<std::pair<std::string, std::string>> metadata;

    ValueId add(Value value) {
        values_.push_back(std::move(value));
        return ValueId{static_cast<std::uint32_t>(values_.size() - 1)};
    }

    [[nodiscard]] Value& operator[](ValueId id) { return values_[index(id)]; }

    [[nodiscard]] const Value& operator[](ValueId id) const { return values_[index(id)]; }

    [[nodiscard]] std::size_t value_count() const { return values_.size(); }

private:
    std::vector<Value> values_;
};

/// The attributes of a node as its operator's struct. Precondition: Struct belongs to node.op.
template <typename Struct>
[[nodiscard]] Struct attributes(const Node& node) {
    static_assert(std::is_trivially_copyable_v<Struct>);
    Struct result{};
    std::memcpy(&result, node.attributes.data(), std::min(sizeof(Struct), node.attributes.size()));
    return result;
}

template <typename Struct>
void set_attributes(Node& node, const Struct& value) {
    static_assert(std::is_trivially_copyable_v<Struct>);
    node.attributes.resize(sizeof(Struct));
    std::memcpy(node.attributes.data(), &value, sizeof(Struct));
}

/// Elements of dims; precondition: no negative dim and no overflow (the verifier proves it).
[[nodiscard]] std::int64_t element_count(const Dims& dims);

/// Bytes of a dense tensor (int4: two elements a byte).
[[nodiscard]] std::int64_t byte_count(Type type, const Dims& dims);

/// A constant's elements. Precondition: T is the value's element type.
template <typename T>
[[nodiscard]] std::span<const T> elements(const Value& value) {
    const auto bytes = value.constant.bytes();
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

/// A constant value from elements; dims default to one dimension.
template <typename T>
[[nodiscard]] Constant make_constant(std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    return Constant(std::vector<std::byte>(bytes.begin(), bytes.end()));
}

/// "s8[1,49,10,1]".
[[nodiscard]] std::string describe(const Value& value);

/// "s8", "f32", ...
[[nodiscard]] std::string_view type_name(Type type);

/// The node that writes `value`, or nullptr (inputs, constants).
[[nodiscard]] const Node* producer(const Graph& graph, ValueId value);

/// Positions in graph.nodes of the nodes that read `value`.
[[nodiscard]] std::vector<std::size_t> readers(const Graph& graph, ValueId value);

[[nodiscard]] bool is_graph_output(const Graph& graph, ValueId value);

/// Makes every reader of `old` (and the graph's outputs) read `replacement`.
void replace_uses(Graph& graph, ValueId old, ValueId replacement);

}  // namespace verge::graph
