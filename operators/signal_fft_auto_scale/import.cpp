// signal_fft_auto_scale from TensorFlow Lite Micro's custom operator SignalFftAutoScale.

#include "operators/signal_fft_auto_scale/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {

Done signal_fft_auto_scale(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 2));
    VERGE_CHECK(want_input(site, 0, plan::Type::s16, site.in(0).dims.size()));
    VERGE_CHECK(want_output(site, 0, plan::Type::s16, site.in(0).dims));
    VERGE_CHECK(want_output(site, 1, plan::Type::s32, {}));
    site.emit(OpId::signal_fft_auto_scale, {site.input(0)}, {site.output(0), site.output(1)},
              SignalFftAutoScale{});
    return done();
}

}  // namespace verge::import
