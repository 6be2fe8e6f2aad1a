// tanh from TensorFlow Lite's TANH.

#include "operators/logistic/import.hpp"

#include "operators/tanh/op.hpp"

namespace verge::import {

Done tanh(TfliteSite& site) {
    VERGE_CHECK(
        expect_unary(site, {plan::Type::f32, plan::Type::s8, plan::Type::u8, plan::Type::s16}));
    const plan::Type type = site.in(0).type;
    if (type == plan::Type::s8) {
        VERGE_CHECK(expect_output_scale(site, 1.0 / 128, 0));
        return emit_fixed_lookup(site, 7, [](std::int32_t q4) { return fixed::tanh(q4); });
    }
    if (type == plan::Type::u8) {
        VERGE_CHECK(expect_output_scale(site, 1.0 / 128, 128));
        return emit_float_lookup(site, [](float x) { return std::tanh(x); });
    }
    std::vector inputs = {site.input(0)};
    Tanh a{};
    if (type == plan::Type::s16) {
        VERGE_CHECK(expect_output_scale(site, 1.0 / 32768, 0));
        VERGE_ASSIGN(const TableInput input, table_input(site, 1));
        a = {input.multiplier, input.shift};
        inputs.push_back(logistic_table(site));
    }
    site.emit(OpId::tanh, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
