// pack from TensorFlow Lite's PACK.

#include "operators/import_support.hpp"
#include "operators/pack/op.hpp"

namespace verge::import {

Done pack(TfliteSite& site) {
    const std::size_t count = site.op().inputs.size();
    VERGE_CHECK(expect_operands(site, std::max<std::size_t>(count, 1)));
    VERGE_CHECK(expect_like_input(site));
    graph::Dims dims = site.in(0).dims;
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(site.options<tflite::PackOptions>().axis, dims.size() + 1));
    std::vector<graph::ValueId> inputs;
    for (std::size_t i = 0; i < count; ++i) {
        if (site.in(i).type != site.in(0).type || site.in(i).dims != dims) {
            return bad_input(
                "inputs " + graph::describe(site.in(0)) + " and " + graph::describe(site.in(i)),
                "one type and shape");
        }
        inputs.push_back(site.input(i));
    }
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<std::int64_t>(count));
    VERGE_CHECK(expect_output(site, dims));
    site.emit(OpId::pack, inputs, {site.output()}, Pack{static_cast<std::int32_t>(axis)});
    return done();
}

}  // namespace verge::import
