#include "tests/fuzz/models.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "formats/tflite/builder.hpp"

namespace verge::fuzz {
namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;
using enum tflite::TensorType;
using Shape = std::vector<std::int64_t>;

std::size_t count_of(const Shape& shape) {
    std::size_t count = 1;
    for (const std::int64_t dim : shape) {
        count *= static_cast<std::size_t>(dim);
    }
    return count;
}

/// A model being made; it ends its files with the same scale for all tensors of a type.
class Small {
public:
    std::int32_t in(TensorType type, Shape shape) {
        inputs_.push_back(tensor(type, std::move(shape)));
        return inputs_.back();
    }

    std::int32_t out(TensorType type, Shape shape) {
        outputs_.push_back(tensor(type, std::move(shape)));
        return outputs_.back();
    }

    /// What a sigmoid (range 1) or tanh (range 2) gives is scaled by its range.
    std::int32_t squashed_out(TensorType type, Shape shape, float range) {
        outputs_.push_back(tensor(type, std::move(shape)));
        if (type != float32) {
            const float steps = type == int16 ? 32768.0F : 256.0F / range;
            const std::int64_t lowest = type == int8 ? -128 : 0;
            const std::int64_t middle = type == uint8 ? 128 : 0;
            const std::int64_t zero = range > 1 || type == int16 ? middle : lowest;
            builder_.tensor(outputs_.back()).quantisation = tflite::per_tensor(1.0F / steps, zero);
        }
        return outputs_.back();
    }

    std::int32_t tensor(TensorType type, Shape shape) {
        return builder_.add_tensor(next_name(), type, std::move(shape), quantisation(type));
    }

    std::int32_t variable(TensorType type, Shape shape) {
        const std::int32_t index = tensor(type, std::move(shape));
        builder_.tensor(index).is_variable = true;
        return index;
    }

    template <typename Number>
    std::int32_t numbers(TensorType type, const std::vector<Number>& values) {
        return builder_.add_constant<Number>(next_name(), type,
                                             {static_cast<std::int64_t>(values.size())}, values);
    }

    std::int32_t ints(const std::vector<std::int32_t>& values) { return numbers(int32, values); }

    /// [n,2]: what is put before and behind each axis.
    std::int32_t pairs(const std::vector<std::int32_t>& values) {
        return builder_.add_constant<std::int32_t>(
            next_name(), int32, {static_cast<std::int64_t>(values.size() / 2), 2}, values);
    }

    std::int32_t scalar(std::int32_t value) {
        return builder_.add_constant<std::int32_t>(next_name(), int32, {}, {value});
    }

    /// Constants of many values; of 8 bits with zero point 0, as weights are.
    std::int32_t weights(TensorType type, const Shape& shape) {
        const bool is_unsigned = type == uint8;
        const auto q = type == float32 || type == int32 || type == int64
                           ? tflite::Quantisation{}
                           : tflite::per_tensor(0.02F, is_unsigned ? 7 : 0);
        switch (type) {
            case float32:
                return builder_.add_constant<float>(next_name(), type, shape,
                                                    values<float>(shape, 0.25F), q);
            case int32:
                return builder_.add_constant<std::int32_t>(next_name(), type, shape,
                                                           values<std::int32_t>(shape, 9), q);
            case int64:
                return builder_.add_constant<std::int64_t>(next_name(), type, shape,
                                                           values<std::int64_t>(shape, 9), q);
            case int16:
                return builder_.add_constant<std::int16_t>(next_name(), type, shape,
                                                           values<std::int16_t>(shape, 99), q);
            case uint8:
                return builder_.add_constant<std::uint8_t>(next_name(), type, shape,
                                                           values<std::uint8_t>(shape, 3), q);
            default:
                return builder_.add_constant<std::int8_t>(next_name(), int8, shape,
                                                          values<std::int8_t>(shape, 3), q);
        }
    }

    void add(BuiltinOperator code,
             std::vector<std::int32_t> inputs,
             std::vector<std::int32_t> outputs,
             tflite::Options options = {}) {
        builder_.add_operator(code, std::move(inputs), std::move(outputs), std::move(options));
    }

    [[nodiscard]] NamedModel finish(const std::string& name) {
        builder_.set_inputs(inputs_);
        builder_.set_outputs(outputs_);
        return {name, builder_.finish()};
    }

private:
    std::string next_name() { return "t" + std::to_string(names_++); }

    template <typename Number>
    static std::vector<Number> values(const Shape& shape, Number step) {
        std::vector<Number> result(count_of(shape));
        std::int32_t i = 0;
        for (Number& value : result) {
            value = static_cast<Number>(step *
                                        static_cast<Number>(i++ % 7 - (step > Number{3} ? 3 : 0)));
        }
        return result;
    }

    static tflite::Quantisation quantisation(TensorType type) {
        switch (type) {
            case int8:
                return tflite::per_tensor(0.05F, -3);
            case uint8:
                return tflite::per_tensor(0.05F, 120);
            case int16:
                return tflite::per_tensor(0.0005F, 0);
            default:
                return {};
        }
    }

    tflite::ModelBuilder builder_;
    std::vector<std::int32_t> inputs_;
    std::vector<std::int32_t> outputs_;
    int names_ = 0;
};

const char* name_of(TensorType type) {
    static const std::map<TensorType, const char*> kNames = {{float32, "f32"}, {int8, "s8"},
                                                             {uint8, "u8"},    {int16, "s16"},
                                                             {int32, "s32"},   {int64, "s64"}};
    return kNames.at(type);
}

class Models {
public:
    std::vector<NamedModel> take() && { return std::move(models_); }

    /// Makes one model for each type.
    template <typename Make>
    void each(const std::string& name, const std::vector<TensorType>& types, Make make) {
        for (const TensorType type : types) {
            Small small;
            make(small, type);
            models_.push_back(small.finish(name + "_" + name_of(type)));
        }
    }

private:
    std::vector<NamedModel> models_;
};

TensorType weight_type(TensorType type) {
    return type == int16 ? int8 : type;
}

TensorType bias_type(TensorType type) {
    return type == float32 ? float32 : type == int16 ? int64 : int32;
}

void add_convolutions(Models& models) {
    const std::vector<TensorType> types = {float32, int8, uint8, int16};
    models.each("conv2d", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::CONV_2D,
              {s.in(t, {1, 5, 4, 3}), s.weights(weight_type(t), {4, 3, 3, 3}),
               s.weights(bias_type(t), {4})},
              {s.out(t, {1, 3, 2, 4})}, tflite::Conv2DOptions{.stride_w = 2, .stride_h = 2});
    });
    models.each("depthwise", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::DEPTHWISE_CONV_2D,
              {s.in(t, {1, 5, 4, 3}), s.weights(weight_type(t), {1, 3, 3, 6}),
               s.weights(bias_type(t), {6})},
              {s.out(t, {1, 5, 4, 6})},
              tflite::DepthwiseConv2DOptions{.stride_w = 1, .stride_h = 1, .depth_multiplier = 2});
    });
    models.each("fully_connected", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::FULLY_CONNECTED,
              {s.in(t, {2, 16}), s.weights(weight_type(t), {5, 16}), s.weights(bias_type(t), {5})},
              {s.out(t, {2, 5})}, tflite::FullyConnectedOptions{});
    });
    for (const auto code : {BuiltinOperator::AVERAGE_POOL_2D, BuiltinOperator::MAX_POOL_2D}) {
        models.each(
            code == BuiltinOperator::MAX_POOL_2D ? "max_pool" : "average_pool", types,
            [&](Small& s, TensorType t) {
                s.add(code, {s.in(t, {1, 5, 4, 3})}, {s.out(t, {1, 3, 2, 3})},
                      tflite::Pool2DOptions{
                          .stride_w = 2, .stride_h = 2, .filter_width = 3, .filter_height = 2});
            });
    }
}

void add_unary(Models& models) {
    struct Unary {
        const char* name;
        BuiltinOperator code;
        tflite::Options options;
        float range = 0;  // of what it gives; 0: any
    };

    const std::array unary = {
        Unary{"relu", BuiltinOperator::RELU, {}},
        Unary{"relu6", BuiltinOperator::RELU6, {}},
        Unary{"relu_n1_to_1", BuiltinOperator::RELU_N1_TO_1, {}},
        Unary{"leaky_relu", BuiltinOperator::LEAKY_RELU, tflite::LeakyReluOptions{.alpha = 0.1F}},
        Unary{"logistic", BuiltinOperator::LOGISTIC, {}, 1},
        Unary{"tanh", BuiltinOperator::TANH, {}, 2},
        Unary{"softmax", BuiltinOperator::SOFTMAX, tflite::SoftmaxOptions{.beta = 1.0F}, 1},
    };
    for (const Unary& one : unary) {
        models.each(one.name, {float32, int8, uint8, int16}, [&](Small& s, TensorType t) {
            const auto y =
                one.range > 0 ? s.squashed_out(t, {2, 3, 5}, one.range) : s.out(t, {2, 3, 5});
            s.add(one.code, {s.in(t, {2, 3, 5})}, {y}, one.options);
        });
    }
    models.each("hard_swish", {float32, int8, uint8}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::HARD_SWISH, {s.in(t, {2, 3, 5})}, {s.out(t, {2, 3, 5})});
    });
    models.each("prelu", {float32, int8, uint8}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::PRELU, {s.in(t, {1, 3, 2, 4}), s.weights(t, {1, 1, 4})},
              {s.out(t, {1, 3, 2, 4})});
    });
    models.each("quantize", {int8, uint8, int16}, [](Small& s, TensorType t) {
        const auto middle = s.tensor(t, {2, 7});
        s.add(BuiltinOperator::QUANTIZE, {s.in(float32, {2, 7})}, {middle});
        s.add(BuiltinOperator::DEQUANTIZE, {middle}, {s.out(float32, {2, 7})});
    });
    models.each("cast", {int8, int16, int32, int64}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::CAST, {s.in(float32, {2, 7})}, {s.out(t, {2, 7})},
              tflite::CastOptions{});
    });
}

void add_binary(Models& models) {
    struct Binary {
        const char* name;
        BuiltinOperator code;
        tflite::Options options;
        std::vector<TensorType> types;
    };

    const std::vector<TensorType> most = {float32, int8, uint8, int16, int32};
    const std::array binary = {
        Binary{"add", BuiltinOperator::ADD, tflite::AddOptions{}, most},
        Binary{"sub", BuiltinOperator::SUB, tflite::SubOptions{}, most},
        Binary{"mul", BuiltinOperator::MUL, tflite::MulOptions{}, most},
        Binary{"div", BuiltinOperator::DIV, tflite::DivOptions{}, {float32, int8, uint8, int32}},
        Binary{"minimum", BuiltinOperator::MINIMUM, {}, most},
        Binary{"maximum", BuiltinOperator::MAXIMUM, {}, most},
        Binary{"floor_mod", BuiltinOperator::FLOOR_MOD, {}, {float32, int32}},
    };
    for (const Binary& one : binary) {
        models.each(one.name, one.types, [&](Small& s, TensorType t) {
            const auto a = s.in(t, {1, 3, 2, 4});
            const auto b = s.in(t, {1, 1, 2, 4});
            s.add(one.code, {a, b}, {s.out(t, {1, 3, 2, 4})}, one.options);
        });
    }
}

void add_reshapes(Models& models) {
    const std::vector<TensorType> types = {float32, int8};
    models.each("reshape", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::RESHAPE, {s.in(t, {2, 3, 4}), s.ints({6, 4})}, {s.out(t, {6, 4})},
              tflite::ReshapeOptions{.new_shape = {6, 4}});
    });
    models.each("squeeze", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::SQUEEZE, {s.in(t, {1, 3, 1, 4})}, {s.out(t, {3, 4})},
              tflite::SqueezeOptions{});
    });
    models.each("expand_dims", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::EXPAND_DIMS, {s.in(t, {3, 4}), s.scalar(1)}, {s.out(t, {3, 1, 4})});
    });
    models.each("transpose", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::TRANSPOSE, {s.in(t, {2, 3, 4}), s.ints({2, 0, 1})},
              {s.out(t, {4, 2, 3})});
    });
    models.each("pad", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::PAD, {s.in(t, {1, 2, 3, 2}), s.pairs({0, 0, 1, 2, 0, 1, 0, 0})},
              {s.out(t, {1, 5, 4, 2})});
    });
    models.each("mean", {float32, int8, uint8, int16}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::MEAN, {s.in(t, {1, 4, 3, 5}), s.ints({1, 2})}, {s.out(t, {1, 5})},
              tflite::ReducerOptions{});
    });
    models.each("space_to_batch", types, [](Small& s, TensorType t) {
        const auto middle = s.tensor(t, {4, 2, 2, 3});
        s.add(BuiltinOperator::SPACE_TO_BATCH_ND,
              {s.in(t, {1, 4, 3, 3}), s.ints({2, 2}), s.pairs({0, 0, 0, 1})}, {middle});
        s.add(BuiltinOperator::BATCH_TO_SPACE_ND, {middle, s.ints({2, 2}), s.pairs({0, 0, 0, 1})},
              {s.out(t, {1, 4, 3, 3})});
    });
}

void add_parts(Models& models) {
    const std::vector<TensorType> types = {float32, int8};
    models.each("concat", types, [](Small& s, TensorType t) {
        const auto a = s.in(t, {2, 3, 4});
        const auto b = s.in(t, {2, 1, 4});
        s.add(BuiltinOperator::CONCATENATION, {a, b}, {s.out(t, {2, 4, 4})},
              tflite::ConcatenationOptions{.axis = 1});
    });
    models.each("split", types, [](Small& s, TensorType t) {
        const auto x = s.in(t, {2, 4, 3});
        const auto first = s.out(t, {2, 2, 3});
        s.add(BuiltinOperator::SPLIT, {s.scalar(1), x}, {first, s.out(t, {2, 2, 3})},
              tflite::SplitOptions{2});
    });
    models.each("split_v", types, [](Small& s, TensorType t) {
        const auto x = s.in(t, {2, 4, 3});
        const auto first = s.out(t, {2, 1, 3});
        s.add(BuiltinOperator::SPLIT_V, {x, s.ints({1, 3}), s.scalar(1)},
              {first, s.out(t, {2, 3, 3})}, tflite::SplitVOptions{2});
    });
    models.each("pack", types, [](Small& s, TensorType t) {
        const auto a = s.in(t, {2, 3});
        const auto b = s.in(t, {2, 3});
        s.add(BuiltinOperator::PACK, {a, b}, {s.out(t, {2, 2, 3})}, tflite::PackOptions{2, 1});
    });
    models.each("unpack", types, [](Small& s, TensorType t) {
        const auto x = s.in(t, {2, 2, 3});
        const auto first = s.out(t, {2, 3});
        s.add(BuiltinOperator::UNPACK, {x}, {first, s.out(t, {2, 3})}, tflite::UnpackOptions{2, 1});
    });
    models.each("strided_slice", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::STRIDED_SLICE,
              {s.in(t, {2, 5, 4}), s.ints({0, 4, 1}), s.ints({2, 0, 4}), s.ints({1, -2, 2})},
              {s.out(t, {2, 2, 2})}, tflite::StridedSliceOptions{});
    });
    models.each("slice", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::SLICE, {s.in(t, {2, 5, 4}), s.ints({0, 1, 1}), s.ints({2, 3, 2})},
              {s.out(t, {2, 3, 2})});
    });
    models.each("gather", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::GATHER, {s.in(t, {2, 5, 3}), s.in(int32, {4})},
              {s.out(t, {2, 4, 3})}, tflite::GatherOptions{.axis = 1});
    });
    models.each("shape", types, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::SHAPE, {s.in(t, {2, 5, 3})}, {s.out(int32, {3})},
              tflite::ShapeOptions{int32});
    });
    models.each("arg_max", {float32, int8, uint8}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::ARG_MAX, {s.in(t, {2, 5, 3}), s.scalar(1)}, {s.out(int32, {2, 3})},
              tflite::ArgMaxOptions{int32});
    });
}

void add_resizes(Models& models) {
    models.each("resize_bilinear", {float32, int8, uint8}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::RESIZE_BILINEAR, {s.in(t, {1, 3, 4, 2}), s.ints({6, 7})},
              {s.out(t, {1, 6, 7, 2})}, tflite::ResizeBilinearOptions{.half_pixel_centers = true});
    });
    models.each("resize_nearest", {float32, int8}, [](Small& s, TensorType t) {
        s.add(BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, {s.in(t, {1, 3, 4, 2}), s.ints({6, 7})},
              {s.out(t, {1, 6, 7, 2})}, tflite::ResizeNearestNeighborOptions{});
    });
}

void add_lstm(Small& s, TensorType t) {
    constexpr std::int64_t kUnits = 4;
    std::vector<std::int32_t> inputs(24, tflite::kNoTensor);
    inputs[0] = s.in(t, {2, 3, 5});
    for (std::size_t gate = 0; gate < 4; ++gate) {
        inputs[1 + gate] = s.weights(weight_type(t), {kUnits, 5});
        inputs[5 + gate] = s.weights(weight_type(t), {kUnits, kUnits});
        inputs[12 + gate] = s.weights(bias_type(t), {kUnits});
    }
    inputs[18] = s.variable(t, {2, kUnits});
    inputs[19] = s.variable(t == float32 ? float32 : int16, {2, kUnits});
    s.add(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, inputs, {s.out(t, {2, 3, kUnits})},
          tflite::UnidirectionalSequenceLSTMOptions{.fused_activation_function =
                                                        tflite::Activation::tanh});
}

void add_memories(Models& models) {
    models.each("lstm", {float32, int8, int16}, add_lstm);
    models.each("svdf", {float32, int8}, [](Small& s, TensorType t) {
        const TensorType state = t == float32 ? float32 : int16;
        s.add(BuiltinOperator::SVDF,
              {s.in(t, {2, 5}), s.weights(t, {6, 5}), s.weights(state, {6, 4}),
               s.weights(bias_type(t), {3}), s.variable(state, {2, 24})},
              {s.out(t, {2, 3})}, tflite::SVDFOptions{.rank = 2});
    });
    models.each("variable", {float32, int8}, [](Small& s, TensorType t) {
        const auto handle = s.tensor(resource, {});
        s.add(BuiltinOperator::VAR_HANDLE, {}, {handle}, tflite::VarHandleOptions{"", "memory"});
        s.add(BuiltinOperator::READ_VARIABLE, {handle}, {s.out(t, {1, 3})});
        s.add(BuiltinOperator::ASSIGN_VARIABLE, {handle, s.in(t, {1, 3})}, {});
    });
}

/// Window, pooling, dense, softmax: the shape of a keyword model.
void add_chain(Models& models) {
    models.each("chain", {float32, int8}, [](Small& s, TensorType t) {
        const auto image = s.tensor(t, {1, 7, 5, 1});
        const auto features = s.tensor(t, {1, 7, 5, 4});
        const auto pooled = s.tensor(t, {1, 3, 2, 4});
        const auto logits = s.tensor(t, {1, 3});
        s.add(BuiltinOperator::RESHAPE, {s.in(t, {1, 35}), s.ints({1, 7, 5, 1})}, {image},
              tflite::ReshapeOptions{.new_shape = {1, 7, 5, 1}});
        s.add(
            BuiltinOperator::DEPTHWISE_CONV_2D,
            {image, s.weights(t, {1, 3, 3, 4}), s.weights(bias_type(t), {4})}, {features},
            tflite::DepthwiseConv2DOptions{.stride_w = 1,
                                           .stride_h = 1,
                                           .depth_multiplier = 4,
                                           .fused_activation_function = tflite::Activation::relu});
        s.add(BuiltinOperator::MAX_POOL_2D, {features}, {pooled},
              tflite::Pool2DOptions{.padding = tflite::Padding::valid,
                                    .stride_w = 2,
                                    .stride_h = 2,
                                    .filter_width = 2,
                                    .filter_height = 2});
        s.add(BuiltinOperator::FULLY_CONNECTED,
              {pooled, s.weights(t, {3, 24}), s.weights(bias_type(t), {3})}, {logits},
              tflite::FullyConnectedOptions{});
        s.add(BuiltinOperator::SOFTMAX, {logits}, {s.squashed_out(t, {1, 3}, 1)},
              tflite::SoftmaxOptions{.beta = 1.0F});
    });
}

}  // namespace

std::vector<NamedModel> small_models() {
    Models models;
    add_convolutions(models);
    add_unary(models);
    add_binary(models);
    add_reshapes(models);
    add_parts(models);
    add_resizes(models);
    add_memories(models);
    add_chain(models);
    std::vector<NamedModel> all = std::move(models).take();
    all.push_back({"audio", audio_model()});
    return all;
}

}  // namespace verge::fuzz
