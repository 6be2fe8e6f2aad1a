// Tensors: type, shape, quantisation and the bytes of constants, each held against the others.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "formats/tflite/places.hpp"
#include "formats/tflite/read_parts.hpp"

namespace verge::tflite {
namespace {

constexpr std::size_t kMostDimensions = 16;

std::string text_of(std::span<const std::int64_t> shape) {
    std::string text = "[";
    for (const std::int64_t size : shape) {
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    }
    return text + "]";
}

Done check_type(TensorType type) {
    if (!facts_of(type)) {
        return unsupported("its element type is " + type_name(type), "FLOAT32 (0) to BFLOAT16 (18)",
                           "the file is newer than this version, or damaged");
    }
    return done();
}

Done check_shape(const Tensor& tensor) {
    if (tensor.shape.size() > kMostDimensions || tensor.signature.size() > kMostDimensions) {
        return bad_input("it has more than " + std::to_string(kMostDimensions) + " dimensions",
                         "at most " + std::to_string(kMostDimensions), kDamaged);
    }
    const bool sized = facts_of(tensor.type)->bits != 0;
    if (!element_count(tensor.shape) || (sized && !byte_size(tensor.type, tensor.shape))) {
        return bad_input("its shape is " + text_of(tensor.shape),
                         "sizes from 0 whose product fits 63 bits", kDamaged);
    }
    return done();
}

/// The signature repeats the shape, with -1 where a size is open.
Done check_signature(const Tensor& tensor) {
    if (tensor.signature.empty()) {
        return done();
    }
    const bool ranks_agree = tensor.signature.size() == tensor.shape.size();
    const bool sizes_sound = std::all_of(tensor.signature.begin(), tensor.signature.end(),
                                         [](std::int64_t size) { return size >= -1; });
    if (!ranks_agree || !sizes_sound) {
        return bad_input("its shape signature is " + text_of(tensor.signature) + " for shape " +
                             text_of(tensor.shape),
                         "as many sizes, each from 0 or -1", kDamaged);
    }
    return done();
}

Done check_scales(const Tensor& tensor) {
    const auto& scales = tensor.quantisation.scales;
    for (std::size_t i = 0; i < scales.size(); ++i) {
        if (!std::isfinite(scales[i]) || scales[i] <= 0.0F) {
            return bad_input("scale " + std::to_string(i) + " is " + std::to_string(scales[i]),
                             "a finite number above 0", "quantise the model again");
        }
    }
    return done();
}

Done check_zero_points(const Tensor& tensor) {
    const TypeFacts facts = *facts_of(tensor.type);
    const auto& zero_points = tensor.quantisation.zero_points;
    if (facts.least_zero_point == facts.greatest_zero_point) {
        return done();  // a type that is not quantised: the numbers mean nothing
    }
    for (const std::int64_t zero_point : zero_points) {
        if (zero_point < facts.least_zero_point || zero_point > facts.greatest_zero_point) {
            return bad_input("a zero point is " + std::to_string(zero_point),
                             std::to_string(facts.least_zero_point) + " to " +
                                 std::to_string(facts.greatest_zero_point) + " for " + facts.name,
                             "quantise the model again");
        }
    }
    return done();
}

/// One scale for all, or one for each index along the axis; zero points likewise.
Done check_counts(const Tensor& tensor) {
    const Quantisation& q = tensor.quantisation;
    const auto rank = static_cast<std::int64_t>(tensor.shape.size());
    if (q.scales.size() > 1 && (q.axis < 0 || q.axis >= rank)) {
        return bad_input("its quantisation runs along axis " + std::to_string(q.axis),
                         "an axis of shape " + text_of(tensor.shape), "quantise the model again");
    }
    const auto along = q.scales.size() > 1 ? tensor.shape[static_cast<std::size_t>(q.axis)] : 1;
    const bool scales_fit =
        q.scales.size() <= 1 || static_cast<std::int64_t>(q.scales.size()) == along;
    const bool zeros_fit = q.zero_points.size() <= 1 || q.zero_points.size() == q.scales.size();
    if (!scales_fit || !zeros_fit) {
        return bad_input("it has " + std::to_string(q.scales.size()) + " scales and " +
                             std::to_string(q.zero_points.size()) + " zero points for shape " +
                             text_of(tensor.shape) + ", axis " + std::to_string(q.axis),
                         "none, one, or one for each index along the axis",
                         "quantise the model again");
    }
    return done();
}

Outcome<Quantisation> read_quantisation(Budget& budget,
                                        const wire::QuantizationParameters* from,
                                        std::size_t rank) {
    Quantisation to;
    if (from == nullptr) {
        return to;
    }
    if (from->details_type() != wire::QuantizationDetails::NONE) {
        return unsupported("it is quantised in a way of its own (custom quantisation)",
                           "scales and zero points", "quantise it with the standard converter");
    }
    VERGE_ASSIGN(to.scales, copied<float>(budget, from->scale()));
    VERGE_ASSIGN(to.zero_points, copied<std::int64_t>(budget, from->zero_point()));
    VERGE_ASSIGN(to.minimum, copied<float>(budget, from->min()));
    VERGE_ASSIGN(to.maximum, copied<float>(budget, from->max()));
    // Some converters gave biases the axis of their filter; one dimension leaves no choice.
    to.axis = rank == 1 ? 0 : from->quantized_dimension();
    return to;
}

std::uint32_t word_at(std::span<const std::byte> data, std::size_t index) {
    std::uint32_t word = 0;
    std::memcpy(&word, data.data() + index * sizeof(word), sizeof(word));
    return flatbuffers::EndianScalar(word);
}

/// Strings are stored as their number, number + 1 offsets from the start of the data, and letters.
bool strings_are_sound(std::span<const std::byte> data, std::int64_t count) {
    const std::size_t words = data.size() / sizeof(std::uint32_t);
    if (words < 2 || word_at(data, 0) != count || words - 2 < static_cast<std::size_t>(count)) {
        return false;
    }
    std::uint64_t last = (static_cast<std::uint64_t>(count) + 2) * sizeof(std::uint32_t);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(count); ++i) {
        const std::uint32_t offset = word_at(data, i + 1);
        if (offset < last || offset > data.size()) {
            return false;
        }
        last = offset;
    }
    return true;
}

Done check_data(const Tensor& tensor) {
    if (!tensor.is_constant() || tensor.is_sparse) {
        return done();
    }
    if (tensor.is_variable) {
        return bad_input("it is a variable and has data", "one of the two", kDamaged);
    }
    if (tensor.type == TensorType::string) {
        return strings_are_sound(tensor.data, *element_count(tensor.shape))
                   ? done()
                   : bad_input("its table of strings does not fit its " +
                                   std::to_string(tensor.data.size()) + " bytes or its shape " +
                                   text_of(tensor.shape),
                               "a count, offsets and letters", kDamaged);
    }
    const auto wanted = byte_size(tensor.type, tensor.shape);
    if (!wanted || *wanted != static_cast<std::int64_t>(tensor.data.size())) {
        return bad_input("it has " + std::to_string(tensor.data.size()) + " bytes of data",
                         std::to_string(wanted.value_or(0)) + " for " + type_name(tensor.type) +
                             " " + text_of(tensor.shape),
                         kDamaged);
    }
    return done();
}

Done check(const Tensor& tensor) {
    VERGE_CHECK(check_type(tensor.type));
    VERGE_CHECK(check_shape(tensor));
    VERGE_CHECK(check_signature(tensor));
    VERGE_CHECK(check_counts(tensor));
    VERGE_CHECK(check_scales(tensor));
    VERGE_CHECK(check_zero_points(tensor));
    return check_data(tensor);
}

}  // namespace

Outcome<Tensor> read_tensor(const Source& source, const wire::Tensor& from) {
    Tensor to;
    VERGE_ASSIGN(to.name, copied(source.budget, from.name()));
    to.type = static_cast<TensorType>(from.type());
    VERGE_ASSIGN(to.shape, copied<std::int64_t>(source.budget, from.shape()));
    VERGE_ASSIGN(to.signature, copied<std::int64_t>(source.budget, from.shape_signature()));
    VERGE_ASSIGN(to.quantisation,
                 read_quantisation(source.budget, from.quantization(), to.shape.size()));
    to.is_variable = from.is_variable();
    to.is_sparse = from.sparsity() != nullptr;
    to.has_rank = from.has_rank();
    if (from.buffer() != 0) {  // by convention buffer 0 is the empty one
        VERGE_ASSIGN(to.data, buffer_bytes(source, from.buffer()));
    }
    VERGE_CHECK(check(to));
    return to;
}

}  // namespace verge::tflite
