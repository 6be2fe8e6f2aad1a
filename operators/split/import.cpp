// split from TensorFlow Lite's SPLIT and SPLIT_V.

#include "operators/import_support.hpp"
#include "operators/split/op.hpp"

namespace verge::import {
namespace {

/// Emits the split; the outputs must make up the input.
Done emit_split(TfliteSite& site, std::size_t tensor, std::int64_t asked_axis) {
    const graph::Value& x = site.in(tensor);
    VERGE_ASSIGN(const std::size_t axis, axis_of(asked_axis, x.dims.size()));
    std::vector<graph::Dims> parts;
    std::vector<graph::ValueId> outputs;
    for (std::size_t i = 0; i < site.op().outputs.size(); ++i) {
        if (site.out(i).type != x.type || (site.op().code == tflite::BuiltinOperator::SPLIT &&
                                           site.out(i).dims != site.out(0).dims)) {
            return bad_input(
                "output " + graph::describe(site.out(i)) + " of input " + graph::describe(x),
                "parts of its type; for SPLIT, equally long");
        }
        parts.push_back(site.out(i).dims);
        outputs.push_back(site.output(i));
    }
    VERGE_ASSIGN(const graph::Dims whole, joined_dims(parts, axis));
    if (whole != x.dims) {
        return bad_input("outputs that join to " + describe_dims(whole),
                         "the input, " + graph::describe(x));
    }
    site.emit(OpId::split, {site.input(tensor)}, outputs, Split{static_cast<std::int32_t>(axis)});
    return done();
}

}  // namespace

/// Input 0 is the axis, input 1 the tensor; all parts are equally long.
Done split(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_ASSIGN(const std::int64_t axis, one_integer(site, 0));
    return emit_split(site, 1, axis);
}

/// Inputs: the tensor, the length of each part (one may be -1), the axis.
Done split_v(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 3));
    VERGE_ASSIGN(const std::int64_t axis, one_integer(site, 2));
    VERGE_ASSIGN(const std::vector<std::int64_t> lengths, site.integers(1));
    VERGE_ASSIGN(const std::size_t at, axis_of(axis, site.in(0).dims.size()));
    bool is_alike = lengths.size() == site.op().outputs.size();
    for (std::size_t i = 0; i < lengths.size() && is_alike; ++i) {
        const graph::Dims& part = site.out(i).dims;
        is_alike = at < part.size() && (lengths[i] == -1 || lengths[i] == part[at]);
    }
    if (!is_alike) {
        return bad_input("outputs that are not as long as the lengths of the parts say",
                         "one output for each length");
    }
    return emit_split(site, 0, axis);
}

}  // namespace verge::import
