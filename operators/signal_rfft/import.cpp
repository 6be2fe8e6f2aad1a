// signal_rfft from TensorFlow Lite Micro's custom operator SignalRfft.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_rfft/op.hpp"
#include "operators/tflite_wants.hpp"
#include "signal/fft.hpp"

namespace verge::import {
namespace {

constexpr std::int32_t kLongest = 2048;

/// Every (kLongest / length)th entry of the longest table.
graph::ValueId quarter_sine(TfliteSite& site, std::int32_t length) {
    const auto step = static_cast<std::size_t>(kLongest / length);
    std::vector<std::int16_t> table;
    for (std::size_t i = 0; i < signal::kQuarterSine<kLongest>.size(); i += step) {
        table.push_back(signal::kQuarterSine<kLongest>[i]);
    }
    return site.constant<std::int16_t>("sine", {static_cast<std::int64_t>(table.size())}, table);
}

}  // namespace

Done signal_rfft(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::s16, site.in(0).dims.size()));
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t length, options.integer("fft_length", 4, kLongest));
    if ((length & (length - 1)) != 0) {
        return unsupported("the transform has length " + std::to_string(length), "a power of two");
    }
    graph::Dims dims = site.in(0).dims;
    if (dims.empty()) {
        return bad_input("x is " + graph::describe(site.in(0)), "rows of samples");
    }
    dims.back() = length + std::int64_t{2};
    VERGE_CHECK(want_output(site, 0, plan::Type::s16, dims));
    const graph::ValueId sine = quarter_sine(site, length);
    site.emit(OpId::signal_rfft, {site.input(0), sine}, {site.output()}, SignalRfft{length});
    return done();
}

}  // namespace verge::import
