// signal_filter_bank from TensorFlow Lite Micro's custom operator SignalFilterBank.

#include "operators/flexbuffer_options.hpp"
#include "operators/signal_filter_bank/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {
namespace {

Done check_tables(const TfliteSite& site, std::int32_t channels) {
    if (site.in(1).dims != site.in(2).dims) {
        return bad_input("there are weights " + graph::describe(site.in(1)) + " and unweights " +
                             graph::describe(site.in(2)),
                         "as many of both");
    }
    for (std::size_t i = 3; i < 6; ++i) {
        if (site.in(i).dims[0] != channels + std::int64_t{1}) {
            return bad_input("table " + std::to_string(i) + " is " + graph::describe(site.in(i)),
                             "an entry for each channel, and one more");
        }
    }
    const auto starts = graph::elements<std::int16_t>(site.in(3));
    const auto weights = graph::elements<std::int16_t>(site.in(4));
    const auto widths = graph::elements<std::int16_t>(site.in(5));
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (starts[i] < 0 || weights[i] < 0 || widths[i] < 0 ||
            starts[i] + widths[i] > site.in(0).dims[0] ||
            weights[i] + widths[i] > site.in(1).dims[0]) {
            return bad_input("stretch " + std::to_string(i) + " of the filter bank reaches outside",
                             "stretches inside the energies and the weights");
        }
    }
    return done();
}

}  // namespace

Done signal_filter_bank(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 6, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::u32, 1));
    for (std::size_t i = 1; i < 6; ++i) {
        VERGE_CHECK(want_constant(site, i, plan::Type::s16, 1));
    }
    VERGE_ASSIGN(const auto options, FlexbufferOptions::open(site.op().custom_options));
    VERGE_ASSIGN(const std::int32_t channels, options.integer("num_channels", 1, INT16_MAX));
    VERGE_CHECK(want_output(site, 0, plan::Type::u64, {channels}));
    VERGE_CHECK(check_tables(site, channels));
    std::vector<graph::ValueId> inputs;
    for (std::size_t i = 0; i < 6; ++i) {
        inputs.push_back(site.input(i));
    }
    site.emit(OpId::signal_filter_bank, inputs, {site.output()}, SignalFilterBank{});
    return done();
}

}  // namespace verge::import
