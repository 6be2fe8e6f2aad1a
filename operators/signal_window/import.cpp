// signal_window from TensorFlow Lite Micro's custom operator SignalWindow.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_window/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {

Done signal_window(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 2, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::s16, site.in(0).dims.size()));
    VERGE_CHECK(want_constant(site, 1, plan::Type::s16, 1));
    VERGE_CHECK(want_output(site, 0, plan::Type::s16, site.in(0).dims));
    if (site.in(0).dims.empty() || site.in(0).dims.back() != site.in(1).dims[0]) {
        return bad_input(
            "x is " + graph::describe(site.in(0)) + ", the window " + graph::describe(site.in(1)),
            "a weight for each sample of a frame");
    }
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t shift, options.integer("shift", 0, 31));
    site.emit(OpId::signal_window, {site.input(0), site.input(1)}, {site.output()},
              SignalWindow{shift});
    return done();
}

}  // namespace verge::import
