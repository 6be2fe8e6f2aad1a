// concat from TensorFlow Lite's CONCATENATION.

#include <algorithm>
#include <cmath>

#include "operators/concat/op.hpp"
#include "operators/import_support.hpp"
#include "operators/lookup/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// What each uint8 becomes at the scale of the output: LiteRT computes it in float.
std::vector<std::uint8_t> rescaling_table(const graph::Value& from, const graph::Value& to) {
    const float ratio = scale(from) * (1.0F / scale(to));
    const float bias = static_cast<float>(-zero_point(from)) * ratio;
    std::vector<std::uint8_t> table(kLookupTable);
    for (std::uint32_t i = 0; i < kLookupTable; ++i) {
        const float real =
            std::round(static_cast<float>(i) * ratio + bias) + static_cast<float>(zero_point(to));
        table[i] = static_cast<std::uint8_t>(std::clamp(real, 0.0F, 255.0F));
    }
    return table;
}

/// Input `index`; a uint8 one of another scale than the output's goes through a table first. int8
/// and int16 must have the output's scale, as TensorFlow Lite Micro asks.
Outcome<graph::ValueId> rescaled(TfliteSite& site, std::size_t index) {
    const Type type = site.out().type;
    const bool is_scaled = type == Type::s8 || type == Type::u8 || type == Type::s16;
    if (!is_scaled || is_quantised_alike(site.in(index), site.out())) {
        return site.input(index);
    }
    if (type != Type::u8) {
        return unsupported(
            "input " + std::to_string(index) + " has another scale or zero point than the output",
            "one scale and zero point", "convert the model with one scale for all of them");
    }
    VERGE_CHECK(expect_scale(site.in(index)));
    VERGE_CHECK(expect_scale(site.out()));
    const std::string suffix = "rescaled" + std::to_string(index);
    const auto table = rescaling_table(site.in(index), site.out());
    const graph::ValueId values =
        site.constant<std::uint8_t>(suffix + "_table", {kLookupTable}, table);
    const graph::ValueId result = site.temporary(suffix, type, site.in(index).dims);
    site.graph()[result].quantisation = site.out().quantisation;
    site.emit(OpId::lookup, {site.input(index), values}, {result}, Lookup{});
    return result;
}

}  // namespace

Done concat(TfliteSite& site) {
    const std::size_t count = site.op().inputs.size();
    VERGE_CHECK(expect_operands(site, std::max<std::size_t>(count, 1)));
    const auto options = site.options<tflite::ConcatenationOptions>();
    if (options.fused_activation_function != tflite::Activation::none) {
        return unsupported("a concatenation with a fused activation", "none");
    }
    VERGE_ASSIGN(const std::size_t axis, axis_of(options.axis, site.in(0).dims.size()));
    std::vector<graph::Dims> parts;
    for (std::size_t i = 0; i < count; ++i) {
        if (site.in(i).type != site.out().type) {
            return bad_input("input " + graph::describe(site.in(i)) + " and output " +
                                 graph::describe(site.out()),
                             "one type");
        }
        parts.push_back(site.in(i).dims);
    }
    VERGE_ASSIGN(const graph::Dims dims, joined_dims(parts, axis));
    VERGE_CHECK(expect_output(site, dims));
    std::vector<graph::ValueId> inputs;
    for (std::size_t i = 0; i < count; ++i) {
        VERGE_ASSIGN(const graph::ValueId input, rescaled(site, i));
        inputs.push_back(input);
    }
    site.emit(OpId::concat, inputs, {site.output()}, Concat{static_cast<std::int32_t>(axis)});
    return done();
}

}  // namespace verge::import
