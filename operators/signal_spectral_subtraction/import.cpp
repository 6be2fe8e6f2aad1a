// signal_spectral_subtraction from TensorFlow Lite Micro's custom operator
// SignalFilterBankSpectralSubtraction.

#include "operators/flexbuffer_options.hpp"
#include "operators/read_state/op.hpp"
#include "operators/signal_spectral_subtraction/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {
namespace {

Outcome<SignalSpectralSubtraction> settings_of(const TfliteSite& site) {
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t channels, options.integer("num_channels", 1, INT32_MAX));
    if (site.in(0).dims[0] != channels) {
        return bad_input("x is " + graph::describe(site.in(0)),
                         std::to_string(channels) + " channels");
    }
    SignalSpectralSubtraction a{};
    VERGE_ASSIGN(a.smoothing, options.integer("smoothing", 0, INT32_MAX));
    VERGE_ASSIGN(a.one_minus_smoothing, options.integer("one_minus_smoothing", 0, INT32_MAX));
    VERGE_ASSIGN(a.alternate_smoothing, options.integer("alternate_smoothing", 0, INT32_MAX));
    VERGE_ASSIGN(a.alternate_one_minus_smoothing,
                 options.integer("alternate_one_minus_smoothing", 0, INT32_MAX));
    VERGE_ASSIGN(a.min_signal_remaining, options.integer("min_signal_remaining", 0, INT32_MAX));
    VERGE_ASSIGN(a.smoothing_bits, options.integer("smoothing_bits", 0, 31));
    VERGE_ASSIGN(a.spectral_subtraction_bits, options.integer("spectral_subtraction_bits", 0, 31));
    VERGE_ASSIGN(a.clamping, options.integer("clamping", 0, 1));
    return a;
}

}  // namespace

Done signal_spectral_subtraction(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 2));
    VERGE_CHECK(want_input(site, 0, plan::Type::u32, 1));
    VERGE_CHECK(want_output(site, 0, plan::Type::u32, site.in(0).dims));
    VERGE_CHECK(want_output(site, 1, plan::Type::u32, site.in(0).dims));
    VERGE_ASSIGN(const SignalSpectralSubtraction a, settings_of(site));
    const graph::ValueId noise = site.state("noise", plan::Type::u32, site.in(0).dims);
    site.emit(OpId::signal_spectral_subtraction, {site.input(0), noise}, {site.output(0), noise},
              a);
    site.emit(OpId::read_state, {noise}, {site.output(1)}, ReadState{});
    return done();
}

}  // namespace verge::import
