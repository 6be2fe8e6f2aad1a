// The section table of a firmware: a small file made here, whole, cut short and broken.

#include "apps/verge/elf.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace verge::apps {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t kHeaderBytes = 52;
constexpr std::size_t kEntryBytes = 40;
constexpr std::string_view kNames("\0.text\0.model\0.names\0", 21);

template <typename T>
void write_at(Bytes& file, std::size_t offset, T value) {
    std::memcpy(file.data() + offset, &value, sizeof value);
}

/// Header, names, then a table of four sections: none, .text, .model, .names.
Bytes small_file() {
    const std::size_t table = kHeaderBytes + 24;
    Bytes file(table + 4 * kEntryBytes);
    std::memcpy(file.data(),
                "\x7f"
                "ELF\1\1",
                6);
    write_at<std::uint32_t>(file, 32, table);
    write_at<std::uint16_t>(file, 46, kEntryBytes);
    write_at<std::uint16_t>(file, 48, 4);
    write_at<std::uint16_t>(file, 50, 3);
    std::memcpy(file.data() + kHeaderBytes, kNames.data(), kNames.size());
    const std::uint32_t names[] = {0, 1, 7, 14};
    const std::uint32_t sizes[] = {0, 1200, 28984, 21};
    for (std::size_t i = 0; i < 4; ++i) {
        write_at(file, table + i * kEntryBytes, names[i]);
        write_at<std::uint32_t>(file, table + i * kEntryBytes + 16, kHeaderBytes);
        write_at(file, table + i * kEntryBytes + 20, sizes[i]);
    }
    return file;
}

TEST(Elf, GivesTheBytesOfSectionsByName) {
    const auto sections = read_elf_sections(small_file());
    ASSERT_TRUE(sections.ok()) << sections.error().message();
    ASSERT_EQ(sections.value().size(), 4U);
    EXPECT_EQ(bytes_of(sections.value(), {".text"}), 1200U);
    EXPECT_EQ(bytes_of(sections.value(), {".text", ".model"}), 30184U);
    EXPECT_EQ(bytes_of(sections.value(), {".bss"}), 0U);
}

TEST(Elf, RefusesEveryTruncation) {
    const Bytes file = small_file();
    for (std::size_t bytes = 0; bytes < file.size(); ++bytes) {
        EXPECT_FALSE(
            read_elf_sections(Bytes(file.begin(), file.begin() + static_cast<long>(bytes))).ok());
    }
}

TEST(Elf, RefusesOtherFiles) {
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{4}, std::size_t{5}}) {  // magic, 64 bits, big-endian
        Bytes file = small_file();
        file[at] = std::byte{2};
        EXPECT_FALSE(read_elf_sections(file).ok()) << "byte " << at;
    }
}

TEST(Elf, ReadsNothingOutsideWhenOffsetsLie) {
    for (std::size_t at = 32; at < small_file().size(); ++at) {
        Bytes file = small_file();
        file[at] = std::byte{0xff};
        const auto sections = read_elf_sections(file);
        EXPECT_TRUE(!sections.ok() || sections.value().size() <= file.size() / kEntryBytes);
    }
}

}  // namespace
}  // namespace verge::apps
