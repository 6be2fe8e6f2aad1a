// shape from TensorFlow Lite's SHAPE.

#include "operators/import_support.hpp"
#include "operators/shape/op.hpp"

namespace verge::import {

/// Shapes are fixed, so the output is a constant and no node is made.
Done shape(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.out(), {plan::Type::s32, plan::Type::s64}));
    const graph::Dims dims = site.in(0).dims;
    const auto rank = static_cast<std::int64_t>(dims.size());
    VERGE_CHECK(expect_output(site, {rank}));
    if (site.out().type == plan::Type::s64) {
        site.alias(0, site.constant<std::int64_t>("dims", {rank}, dims));
        return done();
    }
    std::vector<std::int32_t> narrow;
    for (const std::int64_t dim : dims) {
        narrow.push_back(static_cast<std::int32_t>(dim));
    }
    site.alias(0, site.constant<std::int32_t>("dims", {rank}, narrow));
    return done();
}

}  // namespace verge::import
