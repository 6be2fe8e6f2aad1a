// signal_energy from TensorFlow Lite Micro's custom operator SignalEnergy.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_energy/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {

Done signal_energy(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::s16, 1));
    const std::int64_t lines = site.in(0).dims[0] / 2;
    if (site.in(0).dims[0] % 2 != 0 || lines > INT32_MAX) {
        return bad_input("the spectrum is " + graph::describe(site.in(0)),
                         "pairs of real and imaginary part");
    }
    VERGE_CHECK(want_output(site, 0, plan::Type::u32, {lines}));
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t end,
                 options.integer("end_index", 0, static_cast<std::int32_t>(lines)));
    VERGE_ASSIGN(const std::int32_t first, options.integer("start_index", 0, end));
    site.emit(OpId::signal_energy, {site.input(0)}, {site.output()}, SignalEnergy{first, end});
    return done();
}

}  // namespace verge::import
