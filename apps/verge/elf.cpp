#include "apps/verge/elf.hpp"

#include <algorithm>
#include <cstring>

namespace verge::apps {
namespace {

constexpr unsigned char kIdentity[] = {0x7f, 'E', 'L', 'F', 1, 1};  // 32 bits, little-endian
constexpr std::size_t kTableOffsetAt = 32;
constexpr std::size_t kTableShapeAt = 46;
constexpr std::size_t kHeaderBytes = 52;

struct SectionHeader {
    std::uint32_t name;
    std::uint32_t type;
    std::uint32_t flags;
    std::uint32_t address;
    std::uint32_t offset;
    std::uint32_t bytes;
};

struct TableShape {
    std::uint16_t entry_bytes;
    std::uint16_t count;
    std::uint16_t names;  // the section that holds the names
};

/// Precondition: offset + sizeof(T) lies in the file.
template <typename T>
T read_at(std::span<const std::byte> file, std::uint64_t offset) {
    T value;
    std::memcpy(&value, file.data() + offset, sizeof value);
    return value;
}

Error no_elf(std::string what) {
    return bad_input(std::move(what), "a 32-bit little-endian ELF file");
}

std::string text_at(std::span<const std::byte> file, std::uint64_t offset) {
    std::string text;
    while (offset < file.size() && file[offset] != std::byte{0}) {
        text += static_cast<char>(file[offset++]);
    }
    return text;
}

}  // namespace

Outcome<std::vector<ElfSection>> read_elf_sections(std::span<const std::byte> file) {
    if (file.size() < kHeaderBytes || std::memcmp(file.data(), kIdentity, sizeof kIdentity) != 0) {
        return no_elf("the file starts otherwise");
    }
    const std::uint64_t table = read_at<std::uint32_t>(file, kTableOffsetAt);
    const auto shape = read_at<TableShape>(file, kTableShapeAt);
    const std::uint64_t end = table + std::uint64_t{shape.entry_bytes} * shape.count;
    if (shape.entry_bytes < sizeof(SectionHeader) || shape.names >= shape.count ||
        end > file.size()) {
        return no_elf("the section table does not lie in the file");
    }
    const auto header = [&](std::uint64_t index) {
        return read_at<SectionHeader>(file, table + index * shape.entry_bytes);
    };
    const std::uint64_t names = header(shape.names).offset;
    std::vector<ElfSection> sections;
    sections.reserve(shape.count);
    for (std::uint64_t i = 0; i < shape.count; ++i) {
        sections.push_back({text_at(file, names + header(i).name), header(i).bytes});
    }
    return sections;
}

std::uint64_t bytes_of(std::span<const ElfSection> sections,
                       std::initializer_list<std::string_view> names) {
    std::uint64_t total = 0;
    for (const ElfSection& section : sections) {
        if (std::ranges::find(names, std::string_view(section.name)) != names.end()) {
            total += section.bytes;
        }
    }
    return total;
}

}  // namespace verge::apps
