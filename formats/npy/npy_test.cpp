// .npy: files as NumPy writes them, round trips, and headers from hostile hands.

#include "formats/npy/npy.hpp"

#include <array>
#include <cstring>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "formats/hostile_test.hpp"
#include "formats/npy/header.hpp"

namespace verge::npy {
namespace {

using formats::bytes_of;

/// A version 1 file around a header and data.
std::vector<std::byte> file_of(std::string header, std::string_view data) {
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(header.size() & 0xFFU);
    file += static_cast<char>(header.size() >> 8U);
    return bytes_of(file + header + std::string(data));
}

std::string dictionary(const std::string& type,
                       const std::string& shape,
                       const std::string& order = "False") {
    return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

std::string message_of(std::span<const std::byte> file) {
    const Outcome<Array> array = read_npy(file);
    return array.ok() ? "" : array.error().message();
}

template <typename T>
std::vector<T> elements(const Array& array) {
    std::vector<T> values(array.data.size() / sizeof(T));
    std::memcpy(values.data(), array.data.data(), array.data.size());
    return values;
}

constexpr std::array kAllTypes = {ElementType::f16, ElementType::f32, ElementType::f64,
                                  ElementType::i8,  ElementType::u8,  ElementType::i16,
                                  ElementType::u16, ElementType::i32, ElementType::u32,
                                  ElementType::i64, ElementType::u64, ElementType::boolean};

Array random_array(std::mt19937& random) {
    Array array;
    array.type = kAllTypes[random() % kAllTypes.size()];
    array.shape.resize(random() % 5);
    for (std::int64_t& dimension : array.shape) {
        dimension = random() % 8;
    }
    array.data.resize(*byte_count(array.type, array.shape));
    for (std::byte& byte : array.data) {
        byte = static_cast<std::byte>(random());
    }
    return array;
}

TEST(Npy, ReadsTheBytesThatNumpyWrote) {
    // numpy.save of numpy.array([[1, 2, 3], [4, 5, 6]], '<i2'), numpy 2.4
    std::string header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }";
    header.append(117 - header.size(), ' ');
    const auto file = file_of(header + "\n", std::string_view("\1\0\2\0\3\0\4\0\5\0\6\0", 12));
    ASSERT_EQ(file.size(), 140U);
    const Array array = read_npy(file).value();
    EXPECT_EQ(array.type, ElementType::i16);
    EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(elements<std::int16_t>(array), (std::vector<std::int16_t>{1, 2, 3, 4, 5, 6}));
}

TEST(Npy, PutsFortranOrderAndBigEndianRight) {
    const auto fortran = file_of(dictionary("|u1", "(2, 3)", "True"), "\1\4\2\5\3\6");
    EXPECT_EQ(elements<std::uint8_t>(read_npy(fortran).value()),
              (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6}));
    const auto big = file_of(dictionary(">i4", "(2,)"), std::string_view("\0\0\0\1\0\0\1\0", 8));
    EXPECT_EQ(elements<std::int32_t>(read_npy(big).value()), (std::vector<std::int32_t>{1, 256}));
}

TEST(Npy, TransposesFortranOrderOfAnyShape) {
    std::mt19937 random(7);
    const auto side = [&] { return static_cast<std::int64_t>(1 + random() % 4); };
    for (int round = 0; round < 200; ++round) {
        const std::vector<std::int64_t> shape = {side(), side(), side()};
        std::string data(*byte_count(ElementType::u8, shape), '\0');
        for (std::int64_t i = 0; i < std::ssize(data);
             ++i) {  // element (a, b, c) holds its C index
            const std::int64_t a = i / (shape[1] * shape[2]);
            const std::int64_t b = i / shape[2] % shape[1];
            const std::int64_t c = i % shape[2];
            data[static_cast<std::size_t>(a + shape[0] * (b + shape[1] * c))] =
                static_cast<char>(i);
        }
        const Array array =
            read_npy(file_of(dictionary("|u1", shape_text(shape), "True"), data)).value();
        for (std::size_t i = 0; i < data.size(); ++i) {
            ASSERT_EQ(std::to_integer<std::size_t>(array.data[i]), i);
        }
    }
}

TEST(Npy, RoundTripsAnyArray) {
    std::mt19937 random(1);
    for (int round = 0; round < 500; ++round) {
        const Array array = random_array(random);
        const std::vector<std::byte> file = write_npy(array);
        EXPECT_EQ((file.size() - array.data.size()) % 64, 0U)
            << "data start aligned, as NumPy's do";
        EXPECT_EQ(read_npy(file).value(), array);
    }
}

TEST(Npy, ReadsLongHeadersOfVersion2And3) {
    const std::string header = std::string(70000, ' ') + dictionary("<f4", "()");
    for (const char version : {'\2', '\3'}) {
        std::string file("\x93NUMPY", 6);
        file += version;
        file += '\0';
        for (unsigned shift = 0; shift < 32; shift += 8) {
            file += static_cast<char>(header.size() >> shift);
        }
        const Array array = read_npy(bytes_of(file + header + std::string(4, '\0'))).value();
        EXPECT_TRUE(array.shape.empty());
        EXPECT_EQ(array.data.size(), 4U);
    }
}

TEST(Npy, RefusesEachTruncation) {
    const Array array{ElementType::i16, {2, 3}, std::vector<std::byte>(12)};
    formats::expect_each_truncation_refused(write_npy(array), &read_npy);
}

TEST(Npy, StandsEachByteChanged) {
    const Array array{ElementType::f32, {2, 2}, std::vector<std::byte>(16, std::byte{9})};
    const auto fits = [](const Array& read) {
        return byte_count(read.type, read.shape) == read.data.size();
    };
    EXPECT_GT(formats::read_each_corruption(write_npy(array), &read_npy, fits), 100U);
}

TEST(Npy, SaysWhatIsWrongWithTheHeader) {
    struct Case {
        std::string header;
        std::string message;
    };

    const std::vector<Case> cases = {
        {dictionary("<c8", "(1,)"), "the elements are of NumPy type '<c8'"},
        {dictionary("<U3", "(1,)"), "the elements are of NumPy type '<U3'"},
        {dictionary("|i2", "(1,)"), "the elements are of NumPy type '|i2'"},
        {dictionary("", "(1,)"), "the elements are of NumPy type ''"},
        {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
         "the elements are records"},
        {dictionary("|u1", "(-1,)"), "a dimension of the shape below 2^63"},
        {dictionary("|u1", "(99999999999999999999,)"), "a dimension of the shape below 2^63"},
        {dictionary("|u1", "(4611686018427387904, 4)"), "has more bytes than 63 bits count"},
        {dictionary("|u1", "(1 2)"), "',' or ')' in the shape"},
        {dictionary("|u1", "(1)"), "a comma in a shape of one dimension"},
        {dictionary("|u1", "(1,)", "0"), "True or False after 'fortran_order'"},
        {dictionary("|u1", "(1,)") + "x", "the end of the header"},
        {"{'descr': '|u1', 'descr': '|u1', 'shape': ()}", "each once"},
        {"{'descr': '|u1', 'shape': (1,)}", "the header lacks 'fortran_order'"},
        {"{'descr': '|u1' 'shape': (1,)}", "',' or '}'"},
        {"{__import__('os')}", "'descr', 'fortran_order' and 'shape', each once"},
        {"", "'{'"},
    };
    for (const Case& broken : cases) {
        EXPECT_NE(message_of(file_of(broken.header, "\1")).find(broken.message), std::string::npos)
            << broken.header << " -> " << message_of(file_of(broken.header, "\1"));
    }
}

TEST(Npy, RefusesMoreDimensionsThanNumpyHas) {
    std::string shape = "(";
    for (int i = 0; i < 65; ++i) {
        shape += "1,";
    }
    EXPECT_NE(
        message_of(file_of(dictionary("|u1", shape + ")"), "\1")).find("more than 64 dimensions"),
        std::string::npos);
}

TEST(Npy, CountsTheBytesAfterTheHeaderExactly) {
    EXPECT_EQ(message_of(file_of(dictionary("<f4", "(2,)"), "1234")),
              "4 bytes follow the header; wanted: 8 for float32 (2,)");
    EXPECT_NE(message_of(file_of(dictionary("|u1", "(0, 4611686018427387904)"), "x")), "");
    EXPECT_EQ(read_npy(file_of(dictionary("|u1", "(0, 7)"), "")).value().shape[1], 7);
}

TEST(Npy, RefusesWhatIsNoNpyAtAll) {
    EXPECT_NE(message_of(bytes_of("PK\3\4 something")).find("does not begin as a .npy"),
              std::string::npos);
    EXPECT_NE(message_of(bytes_of(std::string_view("\x93NUMPY\x09\x00\x00\x00", 10)))
                  .find("version is 9.0"),
              std::string::npos);
}

}  // namespace
}  // namespace verge::npy
