// The walk through a file: what is it, is the FlatBuffer sound, then part by part.

#include "formats/tflite/read.hpp"

#include <algorithm>
#include <cstdint>

#include "formats/tflite/check_graph.hpp"
#include "formats/tflite/places.hpp"
#include "formats/tflite/read_parts.hpp"
#include "formats/tflite/recognise.hpp"

namespace verge::tflite {
namespace {

constexpr flatbuffers::uoffset_t kDeepest = 16;  // the format nests about seven levels
constexpr std::size_t kMostTables = 1'000'000;

/// An honest table takes at least the four bytes of its head and the four that point at it.
flatbuffers::uoffset_t most_tables(std::size_t file_bytes) {
    return static_cast<flatbuffers::uoffset_t>(std::min(kMostTables, file_bytes / 8 + 16));
}

/// The root, once every offset in the FlatBuffer was checked. Data beyond 2 GB is not part of it.
Outcome<const wire::Model*> verified(std::span<const std::byte> file) {
    if (reinterpret_cast<std::uintptr_t>(file.data()) % alignof(std::uint64_t) != 0) {
        return bad_input("the bytes begin at an address that is not a multiple of 8",
                         "a buffer or mapping of the whole file", "copy them into one");
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
    const std::size_t length =
        std::min<std::size_t>(file.size(), std::size_t{FLATBUFFERS_MAX_BUFFER_SIZE} - 1);
    flatbuffers::Verifier verifier(bytes, length, kDeepest, most_tables(file.size()));
    if (!wire::VerifyModelBuffer(verifier)) {
        return bad_input(
            "the file's inner structure is broken: an offset or a length leads out of its " +
                std::to_string(file.size()) + " bytes",
            "a complete .tflite file", "copy or export it again; it may be cut off");
    }
    const wire::Model* root = wire::GetModel(bytes);
    if (root->version() != kSchemaVersion) {
        return unsupported("the schema version is " + std::to_string(root->version()),
                           std::to_string(kSchemaVersion), "convert the model again");
    }
    return root;
}

/// Reads each element of a vector of tables; an Error is placed where `place_of` says.
template <typename Plain, typename Wire, typename PlaceOf, typename Read>
Outcome<std::vector<Plain>> read_each(const flatbuffers::Vector<flatbuffers::Offset<Wire>>* from,
                                      PlaceOf place_of,
                                      Read read_one) {
    std::vector<Plain> to;
    for (flatbuffers::uoffset_t i = 0; from != nullptr && i < from->size(); ++i) {
        Outcome<Plain> one = read_one(*from->Get(i));
        if (!one.ok()) {
            return std::move(one).error().within(place_of(i, *from->Get(i)));
        }
        to.push_back(std::move(one).value());
    }
    return to;
}

/// The place of elements that have nothing but a number: "subgraph 2".
auto numbered(std::string_view kind) {
    return [kind](std::size_t index, const auto&) { return place(kind, index); };
}

std::string place_of_tensor(std::size_t index, const wire::Tensor& tensor) {
    const auto* name = tensor.name();
    return place_named("tensor", index, name == nullptr ? "" : name->string_view());
}

Outcome<Subgraph> read_subgraph(const Source& source,
                                const wire::SubGraph& from,
                                std::span<const Operator> codes) {
    Subgraph to;
    Budget& budget = source.budget;
    VERGE_ASSIGN(to.name, copied(budget, from.name()));
    VERGE_ASSIGN(to.tensors,
                 read_each<Tensor>(from.tensors(), place_of_tensor,
                                   [&](const auto& one) { return read_tensor(source, one); }));
    const auto place_of = [&](std::size_t index, const wire::Operator& one) {
        const bool known = one.opcode_index() < codes.size();
        return known ? place_of_operator(index, codes[one.opcode_index()].name())
                     : place("operator", index);
    };
    VERGE_ASSIGN(to.operators,
                 read_each<Operator>(from.operators(), place_of, [&](const auto& one) {
                     return read_operator(source, one, codes, to.tensors.size());
                 }));
    VERGE_ASSIGN(to.inputs,
                 read_operands(budget, from.inputs(), to.tensors.size(), "input", false));
    VERGE_ASSIGN(to.outputs,
                 read_operands(budget, from.outputs(), to.tensors.size(), "output", false));
    VERGE_CHECK(check_order(to));
    return to;
}

Outcome<Metadata> read_metadata(const Source& source, const wire::Metadata& from) {
    Metadata to;
    VERGE_ASSIGN(to.name, copied(source.budget, from.name()));
    VERGE_ASSIGN(to.data, buffer_bytes(source, from.buffer()));
    return to;
}

Outcome<NamedTensor> read_named(Budget& budget, const wire::TensorMap& from, std::size_t tensors) {
    NamedTensor to;
    VERGE_ASSIGN(to.name, copied(budget, from.name()));
    if (from.tensor_index() >= tensors) {
        return bad_input(
            "'" + shown(to.name) + "' is tensor " + std::to_string(from.tensor_index()),
            "a tensor below " + std::to_string(tensors), kDamaged);
    }
    to.tensor = static_cast<std::int32_t>(from.tensor_index());
    return to;
}

Outcome<Signature> read_signature(const Source& source,
                                  const wire::SignatureDef& from,
                                  std::span<const Subgraph> subgraphs) {
    Signature to;
    VERGE_ASSIGN(to.key, copied(source.budget, from.signature_key()));
    if (from.subgraph_index() >= subgraphs.size()) {
        return bad_input("it names subgraph " + std::to_string(from.subgraph_index()),
                         "one of the " + std::to_string(subgraphs.size()) + " in the file",
                         kDamaged);
    }
    to.subgraph = static_cast<std::int32_t>(from.subgraph_index());
    const std::size_t tensors = subgraphs[from.subgraph_index()].tensors.size();
    const auto named = [&](const auto& map) { return read_named(source.budget, map, tensors); };
    VERGE_ASSIGN(to.inputs, read_each<NamedTensor>(from.inputs(), numbered("input"), named));
    VERGE_ASSIGN(to.outputs, read_each<NamedTensor>(from.outputs(), numbered("output"), named));
    return to;
}

Outcome<std::vector<Subgraph>> read_subgraphs(const Source& source) {
    VERGE_ASSIGN(const std::vector<Operator> codes,
                 read_each<Operator>(
                     source.root.operator_codes(), numbered("operator code"),
                     [&](const auto& code) { return read_operator_code(source.budget, code); }));
    VERGE_ASSIGN(
        std::vector<Subgraph> subgraphs,
        read_each<Subgraph>(source.root.subgraphs(), numbered("subgraph"),
                            [&](const auto& from) { return read_subgraph(source, from, codes); }));
    if (subgraphs.empty()) {
        return bad_input("the model has no subgraph", "at least one", kDamaged);
    }
    return subgraphs;
}

}  // namespace

Outcome<Model> read(std::span<const std::byte> file) {
    VERGE_CHECK(recognise(file));
    VERGE_ASSIGN(const wire::Model* root, verified(file));
    Budget budget(file.size());
    const Source source{file, *root, budget};
    Model to;
    to.version = root->version();
    VERGE_ASSIGN(to.description, copied(budget, root->description()));
    VERGE_ASSIGN(to.subgraphs, read_subgraphs(source));
    VERGE_ASSIGN(to.metadata, read_each<Metadata>(
                                  root->metadata(), numbered("metadata"),
                                  [&](const auto& entry) { return read_metadata(source, entry); }));
    VERGE_ASSIGN(
        to.signatures,
        read_each<Signature>(root->signature_defs(), numbered("signature"), [&](const auto& entry) {
            return read_signature(source, entry, to.subgraphs);
        }));
    VERGE_CHECK(check_calls(to));
    return to;
}

}  // namespace verge::tflite
