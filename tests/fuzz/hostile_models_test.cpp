// For any bytes, read, import and compile end, and what they make of a model opens and runs: tried
// on the small models, changed in many ways. The fuzz target fuzz_compile looks further.

#include <cstdint>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "formats/tflite/read.hpp"
#include "formats/tflite/write.hpp"
#include "tests/fuzz/compile_model.hpp"
#include "tests/fuzz/models.hpp"

namespace verge::fuzz {
namespace {

/// Writes what `change` makes of each small model, and tries it.
template <typename Change>
void try_each(Change change) {
    for (const NamedModel& one : small_models()) {
        auto model = tflite::read(one.file);
        ASSERT_TRUE(model.ok()) << one.name;
        change(model.value(), [](const tflite::Model& changed) {
            const std::vector<std::byte> file = tflite::write(changed);
            EXPECT_TRUE(compile_and_run(file));
        });
    }
}

TEST(HostileModels, EndWhateverSizeATensorHas) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Tensor& tensor : model.subgraphs[0].tensors) {
            for (std::int64_t& dim : tensor.shape) {
                const std::int64_t old = dim;
                for (const std::int64_t size : {0, 1, 2, 31}) {
                    dim = size;
                    attempt(model);
                }
                dim = old;
            }
        }
    });
}

TEST(HostileModels, EndWhateverRankATensorHas) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Tensor& tensor : model.subgraphs[0].tensors) {
            const std::vector<std::int64_t> old = tensor.shape;
            tensor.shape.insert(tensor.shape.begin(), 1);
            attempt(model);
            tensor.shape = {old.begin(), old.begin() + (old.empty() ? 0 : 1)};
            attempt(model);
            tensor.shape = {};
            attempt(model);
            tensor.shape = old;
        }
    });
}

TEST(HostileModels, EndWhateverOperandIsAbsentOrCutOff) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Operator& op : model.subgraphs[0].operators) {
            for (std::vector<std::int32_t>* list : {&op.inputs, &op.outputs}) {
                const std::vector<std::int32_t> old = *list;
                for (std::size_t i = 0; i < old.size(); ++i) {
                    (*list)[i] = tflite::kNoTensor;
                    attempt(model);
                    list->assign(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(i));
                    attempt(model);
                    *list = old;
                }
            }
        }
    });
}

TEST(HostileModels, EndWhateverScaleAndZeroPointATensorHas) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Tensor& tensor : model.subgraphs[0].tensors) {
            const tflite::Quantisation old = tensor.quantisation;
            for (const float scale : {0.0F, -1.0F, 1e-38F, 1e38F}) {
                tensor.quantisation.scales = {scale};
                tensor.quantisation.zero_points = {0};
                attempt(model);
            }
            tensor.quantisation.scales = {1.0F};
            for (const std::int64_t zero_point : {-128, 127, 255, 32767}) {
                tensor.quantisation.zero_points = {zero_point};
                attempt(model);
            }
            tensor.quantisation = {};
            attempt(model);
            tensor.quantisation = old;
        }
    });
}

/// Ratios and products of scales that no float holds.
TEST(HostileModels, EndWhateverPairOfScalesTheTensorsHave) {
    constexpr float kExtremes[] = {1e-45F, 1e-38F, 1e-20F, 1e20F, 1e38F};
    try_each([&](tflite::Model& model, auto attempt) {
        std::vector<tflite::Tensor>& tensors = model.subgraphs[0].tensors;
        const std::vector<tflite::Tensor> old = tensors;
        for (std::size_t one = 0; one < tensors.size(); ++one) {
            for (const float mine : kExtremes) {
                for (const float others : kExtremes) {
                    for (std::size_t i = 0; i < tensors.size(); ++i) {
                        for (float& scale : tensors[i].quantisation.scales) {
                            scale = i == one ? mine : others;
                        }
                    }
                    attempt(model);
                }
            }
        }
        tensors = old;
    });
}

TEST(HostileModels, EndWhateverZeroPointsTheTensorsHave) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Tensor& tensor : model.subgraphs[0].tensors) {
            const std::vector<std::int64_t> old = tensor.quantisation.zero_points;
            for (const std::int64_t zero : {INT64_MIN, std::int64_t{INT32_MIN}, INT64_MAX}) {
                tensor.quantisation.zero_points.assign(old.size(), zero);
                attempt(model);
            }
            tensor.quantisation.zero_points = old;
        }
    });
}

TEST(HostileModels, EndWithoutOptions) {
    try_each([](tflite::Model& model, auto attempt) {
        for (tflite::Operator& op : model.subgraphs[0].operators) {
            op.options = std::monostate{};
            op.custom_options = {};
        }
        attempt(model);
    });
}

}  // namespace
}  // namespace verge::fuzz
