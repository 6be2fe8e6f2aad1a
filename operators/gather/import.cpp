// gather from TensorFlow Lite's GATHER.

#include "operators/gather/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {

Done gather(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    VERGE_CHECK(expect_type(site.in(1), {plan::Type::s32, plan::Type::s64}));
    const auto options = site.options<tflite::GatherOptions>();
    const graph::Dims& indices = site.in(1).dims;
    VERGE_ASSIGN(const std::size_t axis, axis_of(options.axis, site.in(0).dims.size()));
    const std::int64_t batch_dims =
        options.batch_dims +
        (options.batch_dims < 0 ? static_cast<std::int64_t>(indices.size()) : 0);
    VERGE_ASSIGN(
        const graph::Dims dims,
        gathered_dims(site.in(0).dims, indices, static_cast<std::int64_t>(axis), batch_dims));
    VERGE_CHECK(expect_output(site, dims));
    site.emit(OpId::gather, {site.input(0), site.input(1)}, {site.output()},
              Gather{static_cast<std::int32_t>(axis), static_cast<std::int32_t>(batch_dims)});
    return done();
}

}  // namespace verge::import
