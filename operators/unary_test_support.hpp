#pragma once
// For tests of operators that map one quantised number to another: import a one-operator model and
// run it on given numbers.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "operators/import_test_support.hpp"

namespace verge::test {

/// Scale and zero point of an input and an output.
struct Quantised {
    float scale_in;
    std::int64_t zero_in;
    float scale_out;
    std::int64_t zero_out;
};

template <typename T>
[[nodiscard]] constexpr tflite::TensorType tflite_type_of() {
    return sizeof(T) == 2
               ? tflite::TensorType::int16
               : (std::is_signed_v<T> ? tflite::TensorType::int8 : tflite::TensorType::uint8);
}

/// The graph of one operator from T [1,n] to Out [1,n].
template <typename T, typename Out = T>
Outcome<graph::Graph> import_unary(tflite::BuiltinOperator code,
                                   const Quantised& q,
                                   std::size_t count,
                                   tflite::Options options = {}) {
    tflite::ModelBuilder builder;
    const auto n = static_cast<std::int64_t>(count);
    const auto x = builder.add_tensor("x", tflite_type_of<T>(), {1, n},
                                      tflite::per_tensor(q.scale_in, q.zero_in));
    const auto y = builder.add_tensor("y", tflite_type_of<Out>(), {1, n},
                                      tflite::per_tensor(q.scale_out, q.zero_out));
    builder.add_operator(code, {x}, {y}, std::move(options));
    builder.set_inputs({x});
    builder.set_outputs({y});
    return import_one(builder.model());
}

/// The operator run on `values`; nothing when it does not import, check or infer.
template <typename T, typename Out = T>
std::vector<Out> run_unary(tflite::BuiltinOperator code,
                           const Quantised& q,
                           const std::vector<T>& values,
                           tflite::Options options = {}) {
    const auto graph = import_unary<T, Out>(code, q, values.size(), std::move(options));
    if (!graph.ok() || !infer_last(graph.value()).ok()) {
        return {};
    }
    const auto bytes = std::as_bytes(std::span(values));
    const OneStep step = step_of(graph.value(), {{bytes.begin(), bytes.end()}});
    return step.check().ok() ? step.run<Out>() : std::vector<Out>{};
}

/// -128, -111, ... 127: sixteen numbers; for uint8 each 128 more, for int16 each times 250.
template <typename T>
std::vector<T> ladder() {
    std::vector<T> values;
    for (int q = -128; q < 128; q += 17) {
        values.push_back(static_cast<T>(sizeof(T) == 2        ? q * 250
                                        : std::is_signed_v<T> ? q
                                                              : q + 128));
    }
    return values;
}

}  // namespace verge::test
