#pragma once
// What importers say when an operand is not what the operator wants. Hosted.

#include <cstddef>
#include <string>

#include "operators/tflite_site.hpp"

namespace verge {

/// The operator lists so many outputs, and inputs [0, inputs) are present.
[[nodiscard]] inline Done want_operands(const TfliteSite& site,
                                        std::size_t inputs,
                                        std::size_t outputs) {
    for (std::size_t i = 0; i < inputs; ++i) {
        if (!site.has(i)) {
            return bad_input("input " + std::to_string(i) + " is absent",
                             std::to_string(inputs) + " inputs");
        }
    }
    if (site.op().outputs.size() != outputs) {
        return bad_input("there are " + std::to_string(site.op().outputs.size()) + " outputs",
                         std::to_string(outputs));
    }
    return done();
}

/// Input `index` has the type and the number of dimensions. Precondition: site.has(index).
[[nodiscard]] inline Done want_input(const TfliteSite& site,
                                     std::size_t index,
                                     plan::Type type,
                                     std::size_t rank) {
    const graph::Value& value = site.in(index);
    if (value.type != type) {
        return unsupported("input " + std::to_string(index) + " is " + graph::describe(value),
                           std::string(graph::type_name(type)));
    }
    if (value.dims.size() != rank) {
        return bad_input("input " + std::to_string(index) + " is " + graph::describe(value),
                         "a rank of " + std::to_string(rank));
    }
    return done();
}

/// Input `index` is besides a constant.
[[nodiscard]] inline Done want_constant(const TfliteSite& site,
                                        std::size_t index,
                                        plan::Type type,
                                        std::size_t rank) {
    if (!site.in(index).is_constant()) {
        return unsupported("input " + std::to_string(index) + " is computed by the model",
                           "a constant");
    }
    return want_input(site, index, type, rank);
}

/// Output `index` was declared with the type and dims that the operator gives.
[[nodiscard]] inline Done want_output(const TfliteSite& site,
                                      std::size_t index,
                                      plan::Type type,
                                      const graph::Dims& dims) {
    const graph::Value& value = site.out(index);
    if (value.type != type || value.dims != dims) {
        graph::Value wanted;
        wanted.type = type;
        wanted.dims = dims;
        return bad_input("output " + std::to_string(index) + " is " + graph::describe(value),
                         graph::describe(wanted));
    }
    return done();
}

}  // namespace verge
