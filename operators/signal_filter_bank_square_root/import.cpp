// signal_filter_bank_square_root from TensorFlow Lite Micro's custom operator
// SignalFilterBankSquareRoot.

#include "operators/signal_filter_bank_square_root/op.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {

Done signal_filter_bank_square_root(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 2, 1));
    VERGE_CHECK(want_input(site, 0, plan::Type::u64, 1));
    VERGE_CHECK(want_input(site, 1, plan::Type::s32, 0));
    VERGE_CHECK(want_output(site, 0, plan::Type::u32, site.in(0).dims));
    site.emit(OpId::signal_filter_bank_square_root, {site.input(0), site.input(1)}, {site.output()},
              SignalFilterBankSquareRoot{});
    return done();
}

}  // namespace verge::import
