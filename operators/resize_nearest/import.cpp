// resize_nearest from TensorFlow Lite's RESIZE_NEAREST_NEIGHBOR.

#include "operators/import_support.hpp"
#include "operators/resize_nearest/op.hpp"

namespace verge::import {

Done resize_nearest(TfliteSite& site) {
    using plan::Type;
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16}));
    VERGE_ASSIGN(const std::vector<std::int64_t> size, site.integers(1));
    const graph::Dims& x = site.in(0).dims;
    if (x.size() != 4 || size.size() != 2) {
        return bad_input("a resize of " + graph::describe(site.in(0)) + " to " +
                             std::to_string(size.size()) + " sizes",
                         "an image [N,H,W,C], and a height and a width");
    }
    VERGE_CHECK(expect_output(site, {x[0], size[0], size[1], x[3]}));
    const auto options = site.options<tflite::ResizeNearestNeighborOptions>();
    site.emit(OpId::resize_nearest, {site.input(0)}, {site.output()},
              ResizeNearest{options.align_corners ? 1 : 0, options.half_pixel_centers ? 1 : 0});
    return done();
}

}  // namespace verge::import
