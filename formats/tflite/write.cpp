// Serialises a Model: buffers first, then subgraphs, each table after what it points at.

#include "formats/tflite/write.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "formats/tflite/write_parts.hpp"

namespace verge::tflite {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr std::size_t kAlignment = 16;  // of constants, so that vector code may load them in place
constexpr std::size_t kMostInside = std::size_t{1} << 30U;

std::size_t aligned(std::size_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

/// The distinct constants of a model, in the order of their first use. Number 0 is the empty one.
class Constants {
public:
    explicit Constants(const Model& model) {
        for (const Subgraph& subgraph : model.subgraphs) {
            for (const Tensor& tensor : subgraph.tensors) {
                add(tensor.data);
            }
        }
        for (const Metadata& entry : model.metadata) {
            add(entry.data);
        }
    }

    [[nodiscard]] std::uint32_t number_of(std::span<const std::byte> data) const {
        return data.empty() ? 0 : numbers_.at({data.data(), data.size()});
    }

    [[nodiscard]] const std::vector<std::span<const std::byte>>& all() const { return all_; }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    void add(std::span<const std::byte> data) {
        const auto number = static_cast<std::uint32_t>(all_.size() + 1);
        if (!data.empty() && numbers_.try_emplace({data.data(), data.size()}, number).second) {
            all_.push_back(data);
            bytes_ += aligned(data.size());
        }
    }

    std::vector<std::span<const std::byte>> all_;
    std::map<std::pair<const std::byte*, std::size_t>, std::uint32_t> numbers_;
    std::size_t bytes_ = 0;
};

/// The distinct kinds of operators of a model: code, custom name, version.
using OperatorKey = std::tuple<BuiltinOperator, std::string, std::int32_t>;
using OperatorCodes = std::map<OperatorKey, std::uint32_t>;

OperatorKey key_of(const Operator& from) {
    return {from.code, from.custom_name, from.version};
}

OperatorCodes codes_of(const Model& model) {
    OperatorCodes codes;
    for (const Subgraph& subgraph : model.subgraphs) {
        for (const Operator& from : subgraph.operators) {
            codes.try_emplace(key_of(from), static_cast<std::uint32_t>(codes.size()));
        }
    }
    return codes;
}

/// What one pass over the model carries about.
struct Sink {
    FlatBufferBuilder& to;
    const Constants& constants;
    const OperatorCodes& codes;
};

template <typename Wire, typename Plain, typename Write>
auto write_each(Sink sink, const std::vector<Plain>& from, Write write_one) {
    std::vector<Offset<Wire>> offsets;
    offsets.reserve(from.size());
    for (const Plain& one : from) {
        offsets.push_back(write_one(sink, one));
    }
    return stored(sink.to, offsets);
}

std::vector<std::int32_t> narrowed(const std::vector<std::int64_t>& sizes) {
    std::vector<std::int32_t> to(sizes.size());
    std::transform(sizes.begin(), sizes.end(), to.begin(),
                   [](std::int64_t size) { return static_cast<std::int32_t>(size); });
    return to;
}

Offset<flatbuffers::Vector<std::uint8_t>> stored_bytes(FlatBufferBuilder& to,
                                                       std::span<const std::byte> data) {
    if (data.empty()) {
        return 0;
    }
    to.ForceVectorAlignment(data.size(), 1, kAlignment);
    return to.CreateVector(reinterpret_cast<const std::uint8_t*>(data.data()), data.size());
}

/// Buffer 0 is written first and so ends the file: whatever is cut off, some part of it is missing.
/// Data outside starts at `outside`; 0 puts it inside.
auto write_buffers(Sink sink, std::size_t outside) {
    std::vector<Offset<wire::Buffer>> buffers{wire::CreateBuffer(sink.to)};
    for (const auto data : sink.constants.all()) {
        if (outside == 0) {
            const auto bytes = stored_bytes(sink.to, data);
            buffers.push_back(wire::CreateBuffer(sink.to, bytes));
        } else {
            buffers.push_back(wire::CreateBuffer(sink.to, 0, outside, data.size()));
            outside += aligned(data.size());
        }
    }
    return sink.to.CreateVector(buffers);
}

Offset<wire::QuantizationParameters> write_quantisation(FlatBufferBuilder& to,
                                                        const Quantisation& from) {
    if (from == Quantisation{}) {
        return 0;
    }
    const auto minimum = stored(to, from.minimum);
    const auto maximum = stored(to, from.maximum);
    const auto scales = stored(to, from.scales);
    const auto zero_points = stored(to, from.zero_points);
    return wire::CreateQuantizationParameters(to, minimum, maximum, scales, zero_points,
                                              wire::QuantizationDetails::NONE, 0, from.axis);
}

Offset<wire::Tensor> write_tensor(Sink sink, const Tensor& from) {
    FlatBufferBuilder& to = sink.to;
    const auto shape = stored(to, narrowed(from.shape));
    const auto signature = stored(to, narrowed(from.signature));
    const auto name = stored(to, from.name);
    const auto quantisation = write_quantisation(to, from.quantisation);
    const auto sparsity = from.is_sparse ? wire::CreateSparsityParameters(to) : 0;
    return wire::CreateTensor(to, shape, static_cast<std::int8_t>(from.type),
                              sink.constants.number_of(from.data), name, quantisation,
                              from.is_variable, sparsity, signature, from.has_rank);
}

Offset<wire::OperatorCode> write_code(FlatBufferBuilder& to, const OperatorKey& key) {
    constexpr auto kGreatest =
        static_cast<std::int32_t>(BuiltinOperator::PLACEHOLDER_FOR_GREATER_OP_CODES);
    const auto& [code, custom_name, version] = key;
    const auto number = static_cast<std::int32_t>(code);
    return wire::CreateOperatorCode(to, static_cast<std::int8_t>(std::min(number, kGreatest)),
                                    stored(to, custom_name), version, number);
}

auto write_codes(Sink sink) {
    std::vector<Offset<wire::OperatorCode>> offsets(sink.codes.size());
    for (const auto& [key, index] : sink.codes) {
        offsets[index] = write_code(sink.to, key);
    }
    return stored(sink.to, offsets);
}

Offset<wire::Operator> write_operator(Sink sink, const Operator& from) {
    FlatBufferBuilder& to = sink.to;
    const auto inputs = to.CreateVector(from.inputs);
    const auto outputs = to.CreateVector(from.outputs);
    const auto intermediates = stored(to, from.intermediates);
    const auto custom = stored_bytes(to, from.custom_options);
    const auto [kind, options] = write_options(to, from.options);
    return wire::CreateOperator(to, sink.codes.at(key_of(from)), inputs, outputs, kind, options,
                                custom, 0, 0, intermediates);
}

Offset<wire::SubGraph> write_subgraph(Sink sink, const Subgraph& from) {
    const auto tensors = write_each<wire::Tensor>(sink, from.tensors, write_tensor);
    const auto operators = write_each<wire::Operator>(sink, from.operators, write_operator);
    const auto inputs = sink.to.CreateVector(from.inputs);
    const auto outputs = sink.to.CreateVector(from.outputs);
    const auto name = stored(sink.to, from.name);
    return wire::CreateSubGraph(sink.to, tensors, inputs, outputs, operators, name);
}

Offset<wire::Metadata> write_metadata(Sink sink, const Metadata& from) {
    const auto name = stored(sink.to, from.name);
    return wire::CreateMetadata(sink.to, name, sink.constants.number_of(from.data));
}

Offset<wire::TensorMap> write_named(Sink sink, const NamedTensor& from) {
    const auto name = stored(sink.to, from.name);
    return wire::CreateTensorMap(sink.to, name, static_cast<std::uint32_t>(from.tensor));
}

Offset<wire::SignatureDef> write_signature(Sink sink, const Signature& from) {
    const auto inputs = write_each<wire::TensorMap>(sink, from.inputs, write_named);
    const auto outputs = write_each<wire::TensorMap>(sink, from.outputs, write_named);
    const auto key = stored(sink.to, from.key);
    return wire::CreateSignatureDef(sink.to, inputs, outputs, key,
                                    static_cast<std::uint32_t>(from.subgraph));
}

/// The FlatBuffer with constants inside, or at `outside` and behind.
std::vector<std::byte> flatbuffer_of(const Model& model,
                                     const Constants& constants,
                                     std::size_t outside) {
    FlatBufferBuilder to(constants.bytes() + 4096);
    const OperatorCodes codes = codes_of(model);
    const Sink sink{to, constants, codes};
    const auto buffers = write_buffers(sink, outside);
    const auto written_codes = write_codes(sink);
    const auto subgraphs = write_each<wire::SubGraph>(sink, model.subgraphs, write_subgraph);
    const auto description = stored(to, model.description);
    const auto metadata = write_each<wire::Metadata>(sink, model.metadata, write_metadata);
    const auto signatures = write_each<wire::SignatureDef>(sink, model.signatures, write_signature);
    wire::FinishModelBuffer(to, wire::CreateModel(to, model.version, written_codes, subgraphs,
                                                  description, buffers, 0, metadata, signatures));
    const auto bytes = std::as_bytes(std::span(to.GetBufferPointer(), to.GetSize()));
    return {bytes.begin(), bytes.end()};
}

/// Offsets depend on the FlatBuffer's size, which does not depend on them: so it is built twice.
std::vector<std::byte> with_constants_behind(const Model& model, const Constants& constants) {
    const std::size_t head = aligned(flatbuffer_of(model, constants, kAlignment).size());
    std::vector<std::byte> file = flatbuffer_of(model, constants, head);
    for (const auto data : constants.all()) {
        file.resize(aligned(file.size()));
        file.insert(file.end(), data.begin(), data.end());
    }
    return file;
}

}  // namespace

std::vector<std::byte> write(const Model& model, Placement placement) {
    const Constants constants(model);
    const bool outside = placement == Placement::outside ||
                         (placement == Placement::automatic && constants.bytes() > kMostInside);
    return outside ? with_constants_behind(model, constants) : flatbuffer_of(model, constants, 0);
}

}  // namespace verge::tflite
