// signal_filter_bank_log from TensorFlow Lite Micro's custom operator SignalFilterBankLog.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_filter_bank_log/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {

Done signal_filter_bank_log(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::u32, 1));
    VERGE_CHECK(want_output(site, 0, plan::Type::s16, site.in(0).dims));
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    SignalFilterBankLog a{};
    VERGE_ASSIGN(a.output_scale, options.integer("output_scale", 0, INT32_MAX));
    VERGE_ASSIGN(a.input_correction_bits, options.integer("input_correction_bits", 0, 31));
    site.emit(OpId::signal_filter_bank_log, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
