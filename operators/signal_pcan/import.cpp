// signal_pcan from TensorFlow Lite Micro's custom operator SignalPCAN.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_pcan/op.hpp"
#include "operators/tflite_wants.hpp"
#include "signal/pcan.hpp"

namespace verge::import {
namespace {

constexpr std::int64_t kGains = signal::kGainTableSize;

}  // namespace

Done signal_pcan(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 3, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::u32, 1));
    VERGE_CHECK(want_input(site, 1, plan::Type::u32, 1));
    VERGE_CHECK(want_constant(site, 2, plan::Type::s16, 1));
    VERGE_CHECK(want_output(site, 0, plan::Type::u32, site.in(0).dims));
    if (site.in(1).dims != site.in(0).dims || site.in(2).dims[0] != kGains) {
        return bad_input("noise is " + graph::describe(site.in(1)) + ", gains are " +
                             graph::describe(site.in(2)),
                         "noise like x, and " + std::to_string(kGains) + " gains");
    }
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t shift, options.integer("snr_shift", 0, 31));
    site.emit(OpId::signal_pcan, {site.input(0), site.input(1), site.input(2)}, {site.output()},
              SignalPcan{shift});
    return done();
}

}  // namespace verge::import
