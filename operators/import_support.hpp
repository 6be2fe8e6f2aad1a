#pragma once
// Small questions that many importers ask of their operands. Hosted.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "operators/dims.hpp"
#include "operators/requant.hpp"
#include "operators/tflite_site.hpp"

namespace verge {

/// bad_input unless output `index` has these dims.
inline Done expect_output(const TfliteSite& site,
                          const graph::Dims& wanted,
                          std::size_t index = 0) {
    if (site.out(index).dims != wanted) {
        return bad_input("output " + graph::describe(site.out(index)),
                         "shape " + describe_dims(wanted));
    }
    return done();
}

/// bad_input unless output `index` has the type of input 0.
inline Done expect_like_input(const TfliteSite& site, std::size_t index = 0) {
    if (site.out(index).type != site.in(0).type) {
        return bad_input("input " + graph::describe(site.in(0)) + " and output " +
                             graph::describe(site.out(index)),
                         "one type");
    }
    return done();
}

/// bad_input unless the operator has at least these many inputs, all present, and outputs.
inline Done expect_operands(const TfliteSite& site, std::size_t inputs, std::size_t outputs = 1) {
    for (std::size_t i = 0; i < inputs; ++i) {
        if (!site.has(i)) {
            return bad_input("input " + std::to_string(i) + " is missing",
                             std::to_string(inputs) + " inputs");
        }
    }
    if (site.op().outputs.size() < outputs) {
        return bad_input("the operator has no output", std::to_string(outputs) + " outputs");
    }
    return done();
}

/// unsupported unless the type of `value` is listed.
inline Done expect_type(const graph::Value& value, std::initializer_list<plan::Type> known) {
    if (std::find(known.begin(), known.end(), value.type) != known.end()) {
        return done();
    }
    std::string wanted;
    for (const plan::Type type : known) {
        wanted += (wanted.empty() ? "" : ", ") + std::string(graph::type_name(type));
    }
    return unsupported("an operand is " + graph::describe(value), wanted);
}

/// bad_input unless the value has one scale and one zero point that can be computed with.
inline Done expect_scale(const graph::Value& value) {
    if (!has_usable_scale(value)) {
        return bad_input("an integer tensor " + graph::describe(value) + " without a usable scale",
                         "one positive scale and one zero point", "quantise the whole model");
    }
    return done();
}

/// True when both are quantised alike, or neither is.
[[nodiscard]] inline bool is_quantised_alike(const graph::Value& a, const graph::Value& b) {
    return a.quantisation.scales == b.quantisation.scales &&
           a.quantisation.zero_points == b.quantisation.zero_points;
}

/// The single element of a constant s32 or s64 input.
inline Outcome<std::int64_t> one_integer(const TfliteSite& site, std::size_t index) {
    VERGE_ASSIGN(const auto values, site.integers(index));
    if (values.size() != 1) {
        return bad_input("input " + std::to_string(index) + " has " +
                             std::to_string(values.size()) + " elements",
                         "one");
    }
    return values[0];
}

}  // namespace verge
