// lstm from TensorFlow Lite's UNIDIRECTIONAL_SEQUENCE_LSTM, prepared as TensorFlow Lite Micro does.

#include <cmath>

#include "operators/lstm/op.hpp"
#include "operators/requant.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {
namespace {

using plan::Type;

// Where the file's operands stand; those that are not named here belong to variants (peepholes,
// projection, normalised layers) and must be absent.
constexpr std::size_t kInputWeights = 1;
constexpr std::size_t kRecurrentWeights = 5;
constexpr std::size_t kPeepholes = 9;
constexpr std::size_t kBiases = 12;
constexpr std::size_t kProjection = 16;
constexpr std::size_t kHidden = 18;
constexpr std::size_t kCell = 19;
constexpr std::size_t kNormalisation = 20;

constexpr float kGateScale = 1.0F / 4096;       // of what goes into a gate's sigmoid or tanh
constexpr float kSquashedScale = 1.0F / 32768;  // of what comes out

struct Sizes {
    std::int64_t batches;
    std::int64_t inputs;
    std::int64_t units;
};

bool has_any(const TfliteSite& site, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
        if (site.has(i)) {
            return true;
        }
    }
    return false;
}

Done check_variant(const TfliteSite& site,
                   const tflite::UnidirectionalSequenceLSTMOptions& options) {
    if (has_any(site, kPeepholes, kBiases) || has_any(site, kProjection, kHidden) ||
        has_any(site, kNormalisation, 24)) {
        return unsupported("the LSTM has peepholes, a projection or normalised layers",
                           "a plain LSTM");
    }
    if (options.fused_activation_function != tflite::Activation::tanh ||
        options.diagonal_recurrent_tensors || options.proj_clip > 0) {
        return unsupported(
            "the LSTM has another activation than tanh, diagonal weights or a "
            "clipped projection",
            "a plain LSTM");
    }
    for (std::size_t i = 0; i <= kCell; ++i) {
        const bool is_wanted = i < kPeepholes || (i >= kBiases && i < kProjection) || i >= kHidden;
        if (is_wanted && !site.has(i)) {
            return unsupported("input " + std::to_string(i) + " of the LSTM is absent",
                               "weights and biases of all four gates, and both states");
        }
    }
    return site.op().outputs.size() == 1 ? done() : bad_input("the LSTM has not one output", "one");
}

struct Types {
    Type x;
    Type weight;
    Type bias;
    Type cell;
};

constexpr Types kTypes[] = {{Type::f32, Type::f32, Type::f32, Type::f32},
                            {Type::s8, Type::s8, Type::s32, Type::s16},
                            {Type::s16, Type::s8, Type::s64, Type::s16}};

Outcome<Types> types_of(const TfliteSite& site) {
    for (const Types& types : kTypes) {
        if (types.x == site.in(0).type && types.weight == site.in(kInputWeights).type) {
            return types;
        }
    }
    return unsupported("x is " + graph::describe(site.in(0)) + ", weights are " +
                           graph::describe(site.in(kInputWeights)),
                       "both f32, both s8, or s16 with s8");
}

Done check_tensor(const graph::Value& value, Type type, const graph::Dims& dims) {
    if (value.type == type && value.dims == dims) {
        return done();
    }
    graph::Value wanted;
    wanted.type = type;
    wanted.dims = dims;
    return bad_input("'" + value.name + "' is " + graph::describe(value), graph::describe(wanted));
}

Done check_state(const TfliteSite& site, std::size_t index, Type type, const Sizes& s) {
    const graph::Value& value = site.in(index);
    if (value.kind != graph::ValueKind::state) {
        return unsupported("the state '" + value.name + "' is not a variable of the model",
                           "a variable");
    }
    if (value.type != type || graph::element_count(value.dims) != s.batches * s.units) {
        return bad_input("the state '" + value.name + "' is " + graph::describe(value),
                         std::to_string(s.batches * s.units) + " elements of " +
                             std::string(graph::type_name(type)));
    }
    return done();
}

Outcome<Sizes> check_shapes(const TfliteSite& site, const Types& types, bool time_major) {
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& weights = site.in(kRecurrentWeights).dims;
    if (x.size() != 3 || weights.size() != 2) {
        return bad_input("x is " + graph::describe(site.in(0)) + ", recurrent weights are " +
                             graph::describe(site.in(kRecurrentWeights)),
                         "x of rank 3 and weights of rank 2");
    }
    const Sizes s{x[time_major ? 1 : 0], x[2], weights[0]};
    for (std::size_t gate = 0; gate < 4; ++gate) {
        VERGE_CHECK(check_tensor(site.in(kInputWeights + gate), types.weight, {s.units, s.inputs}));
        VERGE_CHECK(
            check_tensor(site.in(kRecurrentWeights + gate), types.weight, {s.units, s.units}));
        VERGE_CHECK(check_tensor(site.in(kBiases + gate), types.bias, {s.units}));
    }
    VERGE_CHECK(check_state(site, kHidden, types.x, s));
    VERGE_CHECK(check_state(site, kCell, types.cell, s));
    VERGE_CHECK(check_tensor(site.out(), types.x, {x[0], x[1], s.units}));
    return s;
}

Done check_scales(const TfliteSite& site) {
    for (std::size_t i = 0; i <= kCell; ++i) {
        const bool has_scale = i < kPeepholes || i >= kHidden;
        if (!has_scale) {
            continue;
        }
        const graph::Value& value = site.in(i);
        if (!has_usable_scale(value)) {
            return unsupported("'" + value.name + "' (" + graph::describe(value) +
                                   ") has not one scale and zero point",
                               "a scale for the whole tensor",
                               "quantise the LSTM's weights per tensor");
        }
        const bool is_symmetric = (i >= kInputWeights && i < kPeepholes) || i == kCell;
        if (is_symmetric && zero_point(value) != 0) {
            return unsupported(
                "'" + value.name + "' has zero point " + std::to_string(zero_point(value)),
                "zero point 0");
        }
    }
    return done();
}

/// The reference multiplies the two scales as floats, then divides as doubles.
Outcome<Multiplier> gate_multiplier(const graph::Value& x, const graph::Value& weights) {
    const float product = scale(x) * scale(weights);
    return quantise_multiplier(static_cast<double>(product) / static_cast<double>(kGateScale));
}

/// Of a product of numbers with scales `x` and `y` that is stored with `result`.
Done set_product(Lstm& a, std::size_t which, float x, float y, float result) {
    VERGE_ASSIGN(const Multiplier m,
                 quantise_multiplier(static_cast<double>(x) * static_cast<double>(y) /
                                     static_cast<double>(result)));
    a.product_multipliers[which] = m.multiplier;
    a.product_shifts[which] = m.shift;
    return done();
}

/// The power of two nearest to the cell's scale decides how its tanh is looked up.
Done set_tanh(Lstm& a, float cell_scale) {
    const float logarithm = std::log(cell_scale) * (1.0F / std::log(2.0F));
    const int left = static_cast<int>(std::round(logarithm)) + 12;
    if (left > 14 || left < -15) {
        return unsupported("the cell state has scale " + std::to_string(cell_scale),
                           "one between 2^-27 and 4");
    }
    a.tanh_multiplier = left < 0 ? 3 : 3 << left;
    a.tanh_shift = left < 0 ? -left : 0;
    return done();
}

Done quantise(const TfliteSite& site, float cell_clip, Lstm& a) {
    VERGE_CHECK(check_scales(site));
    a.input_offset = -zero_point(site.in(0));
    a.hidden_offset = -zero_point(site.in(kHidden));
    for (std::size_t i = 0; i < 8; ++i) {
        const graph::Value& from = i < 4 ? site.in(0) : site.in(kHidden);
        VERGE_ASSIGN(const Multiplier m, gate_multiplier(from, site.in(kInputWeights + i)));
        a.gate_multipliers[i] = m.multiplier;
        a.gate_shifts[i] = m.shift;
    }
    const float cell = scale(site.in(kCell));
    VERGE_CHECK(set_product(a, 0, kSquashedScale, cell, cell));
    VERGE_CHECK(set_product(a, 1, kSquashedScale, kSquashedScale, cell));
    VERGE_CHECK(set_product(a, 2, kSquashedScale, kSquashedScale, scale(site.in(kHidden))));
    if (cell_clip > 0) {
        const double limit = static_cast<double>(cell_clip) / static_cast<double>(cell);
        a.cell_limit = limit < 32767 ? static_cast<std::int32_t>(limit) : 32767;
    }
    return set_tanh(a, cell);
}

/// A variable starts as zeros; an int8 one as its zero point in every byte.
void set_initial(graph::Value& state) {
    if (state.type == Type::s8 && !state.quantisation.empty() && zero_point(state) != 0) {
        const auto count = static_cast<std::size_t>(graph::element_count(state.dims));
        state.constant =
            graph::Constant(std::vector(count, static_cast<std::byte>(zero_point(state))));
    }
}

std::vector<graph::ValueId> inputs_of(const TfliteSite& site) {
    std::vector<graph::ValueId> inputs = {site.input(0)};
    for (std::size_t i = kInputWeights; i < kPeepholes; ++i) {
        inputs.push_back(site.input(i));
    }
    for (std::size_t i = kBiases; i < kProjection; ++i) {
        inputs.push_back(site.input(i));
    }
    inputs.push_back(site.input(kHidden));
    inputs.push_back(site.input(kCell));
    return inputs;
}

}  // namespace

Done lstm(TfliteSite& site) {
    const auto options = site.options<tflite::UnidirectionalSequenceLSTMOptions>();
    VERGE_CHECK(check_variant(site, options));
    VERGE_ASSIGN(const Types types, types_of(site));
    VERGE_CHECK(check_shapes(site, types, options.time_major));
    Lstm a{};
    a.time_major = options.time_major ? 1 : 0;
    a.cell_limit = -1;
    if (types.x == Type::f32) {
        a.float_cell_limit = options.cell_clip;
    } else {
        VERGE_CHECK(quantise(site, options.cell_clip, a));
    }
    set_initial(site.graph()[site.input(kHidden)]);
    set_initial(site.graph()[site.input(kCell)]);
    site.emit(OpId::lstm, inputs_of(site), {site.output(), site.input(kHidden), site.input(kCell)},
              a);
    return done();
}

}  // namespace verge::import
