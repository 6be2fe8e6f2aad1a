// transpose from TensorFlow Lite's TRANSPOSE.

#include "operators/import_support.hpp"
#include "operators/transpose/op.hpp"

namespace verge::import {

Done transpose(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    VERGE_ASSIGN(const std::vector<std::int64_t> asked, site.integers(1));
    const graph::Dims& x = site.in(0).dims;
    Transpose a{};
    if (asked.size() != x.size() || x.size() > std::size(a.axes)) {
        return bad_input(
            std::to_string(asked.size()) + " axes to transpose " + graph::describe(site.in(0)),
            "each axis once, at most six");
    }
    graph::Dims dims;
    std::vector<bool> is_seen(x.size(), false);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        VERGE_ASSIGN(const std::size_t axis, axis_of(asked[i], x.size()));
        if (is_seen[axis]) {
            return bad_input("axis " + std::to_string(axis) + " twice", "each axis once");
        }
        is_seen[axis] = true;
        dims.push_back(x[axis]);
        a.axes[i] = static_cast<std::int32_t>(axis);
    }
    VERGE_CHECK(expect_output(site, dims));
    site.emit(OpId::transpose, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
