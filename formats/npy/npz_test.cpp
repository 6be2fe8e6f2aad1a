// .npz: round trips, deflated archives, and archives that lie about what they hold.

#include "formats/npy/npz.hpp"

#include <random>

#include <gtest/gtest.h>
#include <zlib.h>

#include "formats/byte_order.hpp"
#include "formats/hostile_test.hpp"
#include "formats/npy/npy.hpp"
#include "formats/npy/zip.hpp"

namespace verge::npy {
namespace {

Array counting(std::size_t bytes) {
    Array array{ElementType::u8, {static_cast<std::int64_t>(bytes)}, std::vector<std::byte>(bytes)};
    for (std::size_t i = 0; i < bytes; ++i) {
        array.data[i] = static_cast<std::byte>(i / 3);
    }
    return array;
}

void put32(std::vector<std::byte>& file, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) {
        file[at + i] = static_cast<std::byte>(value >> (8 * i));
    }
}

std::vector<std::byte> deflated(std::span<const std::byte> bytes) {
    z_stream stream{};
    EXPECT_EQ(::deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::vector<std::byte> packed(::deflateBound(&stream, bytes.size()));
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return packed;
}

/// An archive of one deflated entry 'a.npy' that claims `size` bytes: a stored one, its fields set.
std::vector<std::byte> deflated_archive(const std::vector<std::byte>& content, std::uint32_t size) {
    const std::vector<ZipContent> contents = {{"a.npy", deflated(content)}};
    std::vector<std::byte> file = store_zip(contents).value();
    const std::size_t record = 30 + 5 + contents[0].bytes.size();
    file[record + 10] = std::byte{8};
    put32(file, record + 16,
          static_cast<std::uint32_t>(
              ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size())));
    put32(file, record + 24, size);
    return file;
}

std::vector<std::byte> small_archive() {
    return write_npz(std::vector<NamedArray>{{"x", counting(5)}, {"y", counting(2)}}).value();
}

std::string message_of(std::span<const std::byte> file, NpzLimits limits = {}) {
    const auto arrays = read_npz(file, limits);
    return arrays.ok() ? "" : arrays.error().message();
}

TEST(Npz, RoundTripsNamesAndArraysInOrder) {
    std::mt19937 random(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<NamedArray> arrays;
        for (unsigned i = 0; i < random() % 5; ++i) {
            arrays.emplace_back("name/" + std::to_string(9 - i), counting(random() % 300));
        }
        const std::vector<std::byte> file = write_npz(arrays).value();
        EXPECT_EQ(read_npz(file).value(), arrays);
        EXPECT_EQ(write_npz(arrays).value(), file) << "the same arrays must give the same bytes";
    }
}

TEST(Npz, ReadsDeflatedEntries) {
    const Array array = counting(10000);
    const std::vector<std::byte> content = write_npy(array);
    const auto arrays =
        read_npz(deflated_archive(content, static_cast<std::uint32_t>(content.size()))).value();
    ASSERT_EQ(arrays.size(), 1U);
    EXPECT_EQ(arrays[0].first, "a");
    EXPECT_EQ(arrays[0].second, array);
}

TEST(Npz, RefusesAnEntryThatUnpacksToMoreOrLessThanItClaims) {
    const std::vector<std::byte> content = write_npy(counting(10000));
    const auto size = static_cast<std::uint32_t>(content.size());
    for (const std::uint32_t claimed : {0U, size - 1, size + 1}) {
        EXPECT_NE(message_of(deflated_archive(content, claimed)).find("do not give the"),
                  std::string::npos);
    }
}

TEST(Npz, RefusesABombBeforeItTakesMemory) {
    const std::vector<std::byte> content = write_npy(counting(10000));
    EXPECT_NE(message_of(deflated_archive(content, 900'000'000)).find("cannot hold"),
              std::string::npos);
    EXPECT_EQ(message_of(small_archive(), {.total_bytes = 200}),
              "the archive unpacks to 263 bytes; wanted: at most 200");
}

TEST(Npz, RefusesEachTruncation) {
    const auto read = [](std::span<const std::byte> file) { return read_npz(file); };
    formats::expect_each_truncation_refused(small_archive(), read);
}

TEST(Npz, StandsEachByteChanged) {
    const auto read = [](std::span<const std::byte> file) { return read_npz(file); };
    const std::vector<std::byte> content = write_npy(counting(300));
    for (const auto& file :
         {small_archive(), deflated_archive(content, static_cast<std::uint32_t>(content.size()))}) {
        const auto fits = [](const std::vector<NamedArray>& arrays) { return arrays.size() <= 2; };
        EXPECT_GT(formats::read_each_corruption(file, read, fits), file.size());
    }
}

TEST(Npz, NamesTheEntryThatIsBroken) {
    std::vector<std::byte> file = small_archive();
    file[30 + 5 + 128] ^= std::byte{1};  // the first byte of x
    EXPECT_EQ(message_of(file),
              "'x.npy': its bytes differ from their CRC-32; copy or save the archive again");
}

TEST(Npz, RefusesZip64AndEncryptionAndOtherMethods) {
    std::vector<std::byte> file = small_archive();
    const std::size_t record = file.size() - 22 - 2 * (46 + 5);
    ASSERT_EQ(formats::load_little<std::uint32_t>(file, record), 0x02014b50U);
    std::vector<std::byte> broken = file;
    put32(broken, record + 24, 0xFFFFFFFF);
    EXPECT_NE(message_of(broken).find("zip64"), std::string::npos);
    broken = file;
    broken[record + 8] = std::byte{1};
    EXPECT_NE(message_of(broken).find("'x.npy': it is encrypted"), std::string::npos);
    broken = file;
    broken[record + 10] = std::byte{12};
    EXPECT_NE(message_of(broken).find("packed by method 12"), std::string::npos);
}

TEST(Npz, RefusesForeignAndDoubleNames) {
    EXPECT_EQ(message_of(store_zip(std::vector<ZipContent>{{"a.txt", {}}}).value()),
              "the archive holds 'a.txt'; wanted: nothing but .npy files");
    const std::vector<std::byte> content = write_npy(counting(1));
    EXPECT_EQ(
        message_of(
            store_zip(std::vector<ZipContent>{{"a.npy", content}, {"a.npy", content}}).value()),
        "the archive holds 'a.npy' twice");
    EXPECT_FALSE(write_npz(std::vector<NamedArray>{{"a", counting(1)}, {"a", counting(1)}}).ok());
}

TEST(Npz, ReadsAnArchiveWithACommentAndOneOfNothing) {
    std::vector<std::byte> file = small_archive();
    file[file.size() - 2] = std::byte{3};
    file.insert(file.end(), {std::byte{'h'}, std::byte{'i'}, std::byte{'!'}});
    EXPECT_EQ(read_npz(file).value().size(), 2U);
    EXPECT_TRUE(read_npz(write_npz({}).value()).value().empty());
}

}  // namespace
}  // namespace verge::npy
