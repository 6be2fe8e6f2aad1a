// pad from TensorFlow Lite's PAD and PADV2.

#include <cstring>

#include "operators/import_support.hpp"
#include "operators/pad/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// Sets `before`; returns the shape of the output.
Outcome<graph::Dims> paddings(const TfliteSite& site, Pad& a) {
    const graph::Dims& x = site.in(0).dims;
    VERGE_ASSIGN(const auto pairs, site.integers(1));
    if (x.empty() || x.size() > plan::kMaxRank || pairs.size() != 2 * x.size()) {
        return bad_input(
            std::to_string(pairs.size()) + " paddings of " + graph::describe(site.in(0)),
            "two for each of 1 to 6 dimensions");
    }
    graph::Dims dims;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::int64_t before = pairs[2 * i];
        const std::int64_t behind = pairs[2 * i + 1];
        if (before < 0 || behind < 0 || before > INT32_MAX || behind > INT32_MAX) {
            return unsupported(
                "paddings of " + std::to_string(before) + " and " + std::to_string(behind),
                "from 0 on");
        }
        a.before[i] = static_cast<std::int32_t>(before);
        dims.push_back(before + x[i] + behind);
    }
    return dims;
}

/// PADV2 gives the value; PAD means 0: the zero point where 8-bit numbers are quantised.
Done pad_value(const TfliteSite& site, Pad& a) {
    const Type type = site.in(0).type;
    if (site.has(2)) {
        const graph::Value& value = site.in(2);
        if (!value.is_constant() || value.type != type || graph::element_count(value.dims) != 1 ||
            value.constant.bytes().size() != plan::element_bytes(type)) {
            return unsupported("a pad value " + graph::describe(value),
                               "one constant of the type of the input");
        }
        if (is_quantised(value) && is_quantised(site.out()) &&
            !is_quantised_alike(value, site.out())) {
            return unsupported("a pad value quantised unlike the output",
                               "one scale and zero point");
        }
        std::memcpy(a.value, value.constant.bytes().data(), value.constant.bytes().size());
        return done();
    }
    if ((type == Type::s8 || type == Type::u8) && is_quantised(site.out())) {
        a.value[0] = zero_point(site.out());
    }
    return done();
}

}  // namespace

Done pad(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    if (site.in(0).type == Type::s4 || site.in(0).type == Type::none) {
        return unsupported("pad of " + graph::describe(site.in(0)), "elements of whole bytes");
    }
    Pad a{};
    VERGE_ASSIGN(const graph::Dims dims, paddings(site, a));
    VERGE_CHECK(expect_output(site, dims));
    VERGE_CHECK(pad_value(site, a));
    site.emit(OpId::pad, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
