// svdf from TensorFlow Lite's SVDF, prepared as TensorFlow Lite Micro does.

#include "operators/requant.hpp"
#include "operators/svdf/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done want(const graph::Value& value, Type type, const graph::Dims& dims) {
    if (value.type == type && value.dims == dims) {
        return done();
    }
    graph::Value wanted;
    wanted.type = type;
    wanted.dims = dims;
    return bad_input("'" + value.name + "' is " + graph::describe(value), graph::describe(wanted));
}

Done check_types(const TfliteSite& site) {
    const Type x = site.in(0).type;
    const Type state = site.in(svdf::kState).type;
    const bool is_float = x == Type::f32 && state == Type::f32;
    const bool is_integer = x == Type::s8 && (state == Type::s8 || state == Type::s16);
    if (!is_float && !is_integer) {
        return unsupported("x is " + graph::describe(site.in(0)) + ", the state " +
                               graph::describe(site.in(svdf::kState)),
                           "both f32, or s8 with a state of s8 or s16");
    }
    return done();
}

Done check_shapes(const TfliteSite& site, std::int64_t rank) {
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& features = site.in(svdf::kFeatureWeights).dims;
    const graph::Dims& time = site.in(svdf::kTimeWeights).dims;
    if (x.size() != 2 || features.size() != 2 || time.size() != 2 || rank < 1 ||
        features[0] % rank != 0) {
        return bad_input("x is " + graph::describe(site.in(0)) + ", weights are " +
                             graph::describe(site.in(svdf::kFeatureWeights)) + ", the rank is " +
                             std::to_string(rank),
                         "x [B,I] and weights [U*rank,I]");
    }
    const Type type = site.in(0).type;
    const Type state = site.in(svdf::kState).type;
    VERGE_CHECK(want(site.in(svdf::kFeatureWeights), type, {features[0], x[1]}));
    VERGE_CHECK(want(site.in(svdf::kTimeWeights), state, {features[0], time[1]}));
    if (site.has(svdf::kBias)) {
        VERGE_CHECK(want(site.in(svdf::kBias), type == Type::f32 ? Type::f32 : Type::s32,
                         {features[0] / rank}));
    }
    VERGE_CHECK(want(site.in(svdf::kState), state, {x[0], features[0] * time[1]}));
    if (site.in(svdf::kState).kind != graph::ValueKind::state) {
        return unsupported("the state of the SVDF is not a variable of the model", "a variable");
    }
    return want_output(site, 0, type, {x[0], features[0] / rank});
}

/// The reference joins the scales in float32.
Done quantise(const TfliteSite& site, Svdf& a) {
    const graph::Value* const values[] = {&site.in(0), &site.in(svdf::kFeatureWeights),
                                          &site.in(svdf::kTimeWeights), &site.in(svdf::kState),
                                          &site.out()};
    for (const graph::Value* value : values) {
        if (!has_usable_scale(*value)) {
            return unsupported("'" + value->name + "' has not one scale and zero point",
                               "a scale for the whole tensor");
        }
    }
    const float state = scale(site.in(svdf::kState));
    const float to_state = scale(site.in(0)) * scale(site.in(svdf::kFeatureWeights)) / state;
    const float to_output = state * scale(site.in(svdf::kTimeWeights)) / scale(site.out());
    VERGE_ASSIGN(const Multiplier first, quantise_multiplier(static_cast<double>(to_state)));
    VERGE_ASSIGN(const Multiplier second, quantise_multiplier(static_cast<double>(to_output)));
    a.multipliers[0] = first.multiplier;
    a.shifts[0] = first.shift;
    a.multipliers[1] = second.multiplier;
    a.shifts[1] = second.shift;
    a.input_offset = -zero_point(site.in(0));
    a.state_offset = zero_point(site.in(svdf::kState));
    a.output_offset = zero_point(site.out());
    return done();
}

/// A variable starts as zeros; an int8 one as its zero point in every byte.
void set_initial(graph::Value& state) {
    if (state.type == Type::s8 && zero_point(state) != 0) {
        const auto count = static_cast<std::size_t>(graph::element_count(state.dims));
        state.constant =
            graph::Constant(std::vector(count, static_cast<std::byte>(zero_point(state))));
    }
}

}  // namespace

Done svdf(TfliteSite& site) {
    const auto options = site.options<tflite::SVDFOptions>();
    VERGE_CHECK(want_operands(site, 3, 1));
    if (!site.has(svdf::kState)) {
        return bad_input("the SVDF has no state", "five inputs");
    }
    VERGE_CHECK(check_types(site));
    VERGE_CHECK(check_shapes(site, options.rank));
    Svdf a{};
    a.rank = options.rank;
    if (site.in(0).type == Type::f32) {
        VERGE_ASSIGN(const FloatRange range,
                     float_clamp(static_cast<Activation>(options.fused_activation_function)));
        a.float_min = range.low;
        a.float_max = range.high;
    } else {
        VERGE_CHECK(quantise(site, a));  // the reference clamps to int8 whatever the activation
        set_initial(site.graph()[site.input(svdf::kState)]);
    }
    std::vector<graph::ValueId> inputs;
    for (std::size_t i = 0; i < svdf::kInputs; ++i) {
        inputs.push_back(site.input(i));
    }
    site.emit(OpId::svdf, inputs, {site.output(), site.input(svdf::kState)}, a);
    return done();
}

}  // namespace verge::import
