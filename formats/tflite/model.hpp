#pragma once
// A TensorFlow Lite model as plain structs without an opinion: what read() found in a file, and
// what write() puts into one. Names and numbers are owned; tensor data is viewed, not copied.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "formats/tflite/options.hpp"
#include "formats/tflite/types.hpp"

namespace verge::tflite {

/// Stands in a list of operands for an optional one that is absent.
inline constexpr std::int32_t kNoTensor = -1;

/// The only schema version that there has been since 2017.
inline constexpr std::uint32_t kSchemaVersion = 3;

/// real = scale * (quantised - zero_point). One scale, or one for each index along `axis`.
/// minimum and maximum are the ranges seen in calibration; many files have none.
struct Quantisation {
    std::vector<float> scales = {};
    std::vector<std::int64_t> zero_points = {};  // none, one, or as many as scales
    std::int32_t axis = 0;
    std::vector<float> minimum = {};
    std::vector<float> maximum = {};
    friend bool operator==(const Quantisation&, const Quantisation&) = default;
};

struct Tensor {
    std::string name = {};
    TensorType type = TensorType::float32;
    std::vector<std::int64_t> shape = {};  // empty: a scalar, or unknown where !has_rank
    std::vector<std::int64_t> signature =
        {};  // empty, or as shape with -1 where known only at run time
    Quantisation quantisation = {};
    bool is_variable = false;
    bool is_sparse = false;  // data is in a sparse form that is not described here
    bool has_rank = false;   // as in the file: many writers leave it false
    std::span<const std::byte> data =
        {};  // the constant's bytes; empty where the tensor is computed

    [[nodiscard]] bool is_constant() const { return !data.empty(); }

    /// True where some dimension is known only at run time.
    [[nodiscard]] bool is_dynamic() const;

    /// Equal in every field and every byte of data.
    friend bool operator==(const Tensor& a, const Tensor& b);
};

/// Operands are indices into the subgraph's tensors, or kNoTensor.
struct Operator {
    BuiltinOperator code = BuiltinOperator::CUSTOM;
    std::string custom_name = {};  // of a CUSTOM operator, else empty
    std::int32_t version = 1;
    std::vector<std::int32_t> inputs = {};
    std::vector<std::int32_t> outputs = {};
    std::vector<std::int32_t> intermediates = {};
    Options options = {};
    std::span<const std::byte> custom_options = {};

    /// The custom name where there is one, else the canonical name of the code.
    [[nodiscard]] std::string name() const;

    friend bool operator==(const Operator& a, const Operator& b);
};

/// Operators stand in the order in which they run.
struct Subgraph {
    std::string name = {};
    std::vector<Tensor> tensors = {};
    std::vector<Operator> operators = {};
    std::vector<std::int32_t> inputs = {};
    std::vector<std::int32_t> outputs = {};
    friend bool operator==(const Subgraph&, const Subgraph&) = default;
};

struct Metadata {
    std::string name = {};
    std::span<const std::byte> data = {};
    friend bool operator==(const Metadata& a, const Metadata& b);
};

/// A name for a tensor of a signature's subgraph.
struct NamedTensor {
    std::string name = {};
    std::int32_t tensor = kNoTensor;
    friend bool operator==(const NamedTensor&, const NamedTensor&) = default;
};

struct Signature {
    std::string key = {};
    std::int32_t subgraph = 0;
    std::vector<NamedTensor> inputs = {};
    std::vector<NamedTensor> outputs = {};
    friend bool operator==(const Signature&, const Signature&) = default;
};

/// Subgraph 0 is the model; the others are called by operators or named by signatures.
struct Model {
    std::uint32_t version = kSchemaVersion;
    std::string description = {};
    std::vector<Subgraph> subgraphs = {};
    std::vector<Metadata> metadata = {};
    std::vector<Signature> signatures = {};
    friend bool operator==(const Model&, const Model&) = default;
};

/// The indices of the subgraphs that an operator with these options calls, as the file gives them.
[[nodiscard]] std::vector<std::int64_t> called_subgraphs(const Options& options);

}  // namespace verge::tflite
