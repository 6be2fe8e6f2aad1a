// Torn, altered and swelling files: each ends with an answer, and nothing outside the bytes is read
// (which the asan preset sees).

#include <gtest/gtest.h>
#include <tflite_schema/schema_generated.h>

#include "formats/tflite/read.hpp"
#include "formats/tflite/test_models.hpp"

namespace verge::tflite {
namespace {

TEST(Hostile, RefusesEveryTruncation) {
    for (const auto& one : all_test_models()) {
        for (const auto placement : {Placement::inside, Placement::outside}) {
            const auto file = one.builder.finish(placement);
            for (std::size_t length = 0; length < file.size(); ++length) {
                // A copy of exactly this length: a read past its end is seen by the sanitizer.
                const std::vector<std::byte> torn(
                    file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
                ASSERT_FALSE(read(torn).ok()) << one.name << " cut to " << length;
            }
        }
    }
}

/// Reads the file with one byte changed; gives whether it was still accepted.
bool accepts(std::vector<std::byte>& file, std::size_t at, std::byte value) {
    const std::byte kept = file[at];
    file[at] = value;
    const auto model = read(file);
    file[at] = kept;
    EXPECT_TRUE(model.ok() || !model.error().message().empty());
    return model.ok();
}

TEST(Hostile, EveryChangeOfOneByteEndsWithAnAnswer) {
    for (const auto& one : all_test_models()) {
        std::vector<std::byte> file = one.builder.finish();
        std::size_t refused = 0;
        for (std::size_t at = 0; at < file.size(); ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                refused += accepts(file, at, file[at] ^ std::byte(1U << bit)) ? 0 : 1;
            }
            refused += accepts(file, at, std::byte{0xff}) ? 0 : 1;
            refused += accepts(file, at, std::byte{0x00}) ? 0 : 1;
        }
        EXPECT_GT(refused, file.size()) << one.name;
        EXPECT_TRUE(read(file).ok());
    }
}

TEST(Hostile, EveryValueOfEveryByteOfASmallModelEndsWithAnAnswer) {
    std::vector<std::byte> file = dense_model().finish();
    std::size_t refused = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (unsigned value = 0; value < 256; ++value) {
            refused += accepts(file, at, std::byte(value)) ? 0 : 1;
        }
    }
    EXPECT_GT(refused, file.size() * 10);
}

TEST(Hostile, RefusesBytesAtAnOddAddress) {
    std::vector<std::byte> file = dense_model().finish();
    file.insert(file.begin(), std::byte{0});
    const auto model = read(std::span<const std::byte>(file).subspan(1));
    ASSERT_FALSE(model.ok());
    EXPECT_NE(model.error().message().find("multiple of 8"), std::string::npos);
}

std::vector<std::byte> finished(const flatbuffers::FlatBufferBuilder& builder) {
    const auto bytes = std::as_bytes(std::span(builder.GetBufferPointer(), builder.GetSize()));
    return {bytes.begin(), bytes.end()};
}

/// One list of operands that a thousand operators share.
std::vector<std::byte> swelling_model() {
    flatbuffers::FlatBufferBuilder to;
    const auto shared = to.CreateVector(std::vector<std::int32_t>(50000, -1));
    std::vector<flatbuffers::Offset<wire::Operator>> operators;
    for (int i = 0; i < 1000; ++i) {
        operators.push_back(wire::CreateOperator(to, 0, shared));
    }
    const std::vector subgraphs{wire::CreateSubGraph(to, 0, 0, 0, to.CreateVector(operators))};
    const std::vector codes{wire::CreateOperatorCode(to)};
    wire::FinishModelBuffer(
        to, wire::CreateModel(to, 3, to.CreateVector(codes), to.CreateVector(subgraphs)));
    return finished(to);
}

TEST(Hostile, RefusesAFileThatUnpacksToManyTimesItsSize) {
    const auto file = swelling_model();
    const auto model = read(file);
    ASSERT_FALSE(model.ok());
    EXPECT_NE(model.error().message().find("16 times its own size"), std::string::npos);
}

/// One tensor table to which the list of tensors points a hundred thousand times.
TEST(Hostile, RefusesOneTableThatIsCountedManyTimes) {
    flatbuffers::FlatBufferBuilder to;
    const auto tensor = wire::CreateTensor(to);
    const std::vector tensors(100000, tensor);
    const std::vector subgraphs{wire::CreateSubGraph(to, to.CreateVector(tensors))};
    wire::FinishModelBuffer(to, wire::CreateModel(to, 3, 0, to.CreateVector(subgraphs)));
    const auto file = finished(to);
    const auto model = read(file);
    ASSERT_FALSE(model.ok());
    EXPECT_NE(model.error().message().find("inner structure is broken"), std::string::npos);
}

}  // namespace
}  // namespace verge::tflite
