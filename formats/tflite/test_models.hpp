#pragma once
// Small models that tests and the fuzzer's first corpus are made of.

#include <string>
#include <vector>

#include "formats/tflite/builder.hpp"

namespace verge::tflite {

/// Float input [1,2] -> FULLY_CONNECTED with constant weights [3,2] and bias [3] -> output [1,3].
[[nodiscard]] ModelBuilder dense_model();

/// Int8 CONV_2D with per-axis weights, a pad, a custom operator, metadata, a signature, and an
/// operand that is absent.
[[nodiscard]] ModelBuilder quantised_model();

/// Two subgraphs: an IF whose branches are subgraphs 1 and 2.
[[nodiscard]] ModelBuilder branching_model();

/// Int4, strings, a variable, a dynamic shape and a sparse tensor.
[[nodiscard]] ModelBuilder odd_tensors_model();

/// One of each: a UNARY operator chain in which operator i carries the i-th kind of options.
[[nodiscard]] ModelBuilder every_options_model();

struct NamedModel {
    std::string name;
    ModelBuilder builder;
};

/// All of the above.
[[nodiscard]] std::vector<NamedModel> all_test_models();

}  // namespace verge::tflite
