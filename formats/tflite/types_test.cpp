// Names and sizes of the format's numbers.

#include "formats/tflite/types.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <tflite_schema/schema_generated.h>

namespace verge::tflite {
namespace {

TEST(Types, EveryOperatorOfTheSchemaHasItsCanonicalName) {
    int named = 0;
    for (const auto code : wire::EnumValuesBuiltinOperator()) {
        EXPECT_EQ(operator_name(static_cast<std::int32_t>(code)),
                  wire::EnumNameBuiltinOperator(code));
        ++named;
    }
    EXPECT_EQ(named, 209);
    EXPECT_EQ(operator_name(BuiltinOperator::CONV_2D), "CONV_2D");
    EXPECT_EQ(static_cast<int>(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM), 44);
    EXPECT_EQ(static_cast<int>(BuiltinOperator::STABLEHLO_CBRT), 208);
}

TEST(Types, AnOperatorThatIsNewerKeepsItsNumber) {
    EXPECT_EQ(operator_name(300), "operator 300");
    EXPECT_EQ(operator_name(-1), "operator -1");
}

TEST(Types, Int4IsPackedTwoToAByte) {
    const std::int64_t shape[] = {3, 3};
    EXPECT_EQ(byte_size(TensorType::int4, shape), 5);
    EXPECT_EQ(byte_size(TensorType::int16, shape), 18);
    EXPECT_EQ(byte_size(TensorType::complex128, shape), 144);
}

TEST(Types, AScalarHasOneElementAndAnEmptyTensorNone) {
    const std::int64_t empty[] = {3, 0, std::numeric_limits<std::int64_t>::max(), 5};
    EXPECT_EQ(element_count({}), 1);
    EXPECT_EQ(element_count(empty), 0);
}

TEST(Types, ShapesThatOverflowOrAreNegativeHaveNoSize) {
    const std::int64_t wide[] = {1LL << 31, 1LL << 31, 4};
    const std::int64_t bytes[] = {1LL << 31, 1LL << 30};
    const std::int64_t negative[] = {2, -1};
    EXPECT_EQ(element_count(wide), std::nullopt);
    EXPECT_TRUE(element_count(bytes).has_value());
    EXPECT_EQ(byte_size(TensorType::float64, bytes), std::nullopt);
    EXPECT_EQ(element_count(negative), std::nullopt);
}

TEST(Types, StringsAndResourcesHaveNoSizeOfTheirOwn) {
    EXPECT_EQ(byte_size(TensorType::string, {}), std::nullopt);
    EXPECT_EQ(byte_size(TensorType::resource, {}), std::nullopt);
    EXPECT_EQ(type_name(static_cast<TensorType>(77)), "type 77");
    EXPECT_EQ(type_name(TensorType::bfloat16), "BFLOAT16");
}

}  // namespace
}  // namespace verge::tflite
