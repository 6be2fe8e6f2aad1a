// reshape from TensorFlow Lite's RESHAPE, SQUEEZE and EXPAND_DIMS.

#include "operators/import_support.hpp"
#include "operators/reshape/op.hpp"

namespace verge::import {
namespace {

Done emit_reshape(TfliteSite& site) {
    VERGE_CHECK(expect_like_input(site));
    site.emit(OpId::reshape, {site.input(0)}, {site.output()}, Reshape{});
    return done();
}

/// The shape of input 1, else that of the options; none when a computed shape says it (the
/// output's own dims then hold).
Outcome<graph::Dims> asked_shape(const TfliteSite& site) {
    if (site.has(1) && site.in(1).is_constant()) {
        return site.integers(1);
    }
    if (site.has(1)) {
        return site.out().dims;
    }
    const auto& shape = site.options<tflite::ReshapeOptions>().new_shape;
    const bool is_old_scalar = shape.size() == 1 && shape[0] == 0;
    return is_old_scalar ? graph::Dims{} : graph::Dims{shape.begin(), shape.end()};
}

/// Puts the number that is left in the place of -1.
Outcome<graph::Dims> completed(graph::Dims shape, std::int64_t elements) {
    std::int64_t known = 1;
    for (const std::int64_t dim : shape) {
        if (dim < -1 || (dim > 0 && known > elements / dim)) {
            return bad_input(
                "reshape of " + std::to_string(elements) + " elements to " + describe_dims(shape),
                "as many elements");
        }
        known *= dim == -1 ? 1 : dim;
    }
    const auto open = std::find(shape.begin(), shape.end(), -1);
    if (open != shape.end() && known > 0) {
        *open = elements / known;
    }
    return shape;
}

}  // namespace

Done reshape(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_ASSIGN(graph::Dims shape, asked_shape(site));
    const std::int64_t elements = graph::element_count(site.in(0).dims);
    VERGE_ASSIGN(shape, completed(std::move(shape), elements));
    if (graph::element_count(shape) != elements) {
        return bad_input(
            "reshape of " + graph::describe(site.in(0)) + " to " + describe_dims(shape),
            "as many elements");
    }
    VERGE_CHECK(expect_output(site, shape));
    return emit_reshape(site);
}

Done squeeze(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    const graph::Dims& x = site.in(0).dims;
    std::vector<bool> is_dropped(x.size(), false);
    const auto asked = site.options<tflite::SqueezeOptions>().squeeze_dims;
    for (const std::int32_t dim : asked) {
        VERGE_ASSIGN(const std::size_t axis, axis_of(dim, x.size()));
        if (x[axis] != 1) {
            return bad_input("axis " + std::to_string(axis) + " of " + graph::describe(site.in(0)),
                             "only axes of extent 1 to squeeze");
        }
        is_dropped[axis] = true;
    }
    graph::Dims shape;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!is_dropped[i] && (!asked.empty() || x[i] != 1)) {
            shape.push_back(x[i]);
        }
    }
    VERGE_CHECK(expect_output(site, shape));
    return emit_reshape(site);
}

Done expand_dims(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    graph::Dims shape = site.in(0).dims;
    VERGE_ASSIGN(const std::int64_t asked, one_integer(site, 1));
    VERGE_ASSIGN(const std::size_t axis, axis_of(asked, shape.size() + 1));
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
    VERGE_CHECK(expect_output(site, shape));
    return emit_reshape(site);
}

}  // namespace verge::import
