// unpack from TensorFlow Lite's UNPACK.

#include "operators/import_support.hpp"
#include "operators/unpack/op.hpp"

namespace verge::import {

Done unpack(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    const graph::Dims& x = site.in(0).dims;
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(site.options<tflite::UnpackOptions>().axis, x.size()));
    const graph::Dims dims = without_axis(x, axis);
    std::vector<graph::ValueId> outputs;
    for (std::size_t i = 0; i < site.op().outputs.size(); ++i) {
        VERGE_CHECK(expect_like_input(site, i));
        VERGE_CHECK(expect_output(site, dims, i));
        outputs.push_back(site.output(i));
    }
    if (static_cast<std::int64_t>(outputs.size()) != x[axis]) {
        return bad_input(
            std::to_string(outputs.size()) + " outputs of " + graph::describe(site.in(0)),
            "one for each index of axis " + std::to_string(axis));
    }
    site.emit(OpId::unpack, {site.input(0)}, outputs, Unpack{static_cast<std::int32_t>(axis)});
    return done();
}

}  // namespace verge::import
