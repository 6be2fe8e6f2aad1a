#pragma once
// The section table of a firmware's ELF file: what it takes of flash and RAM.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"

namespace verge::apps {

struct ElfSection {
    std::string name;
    std::uint64_t bytes;
};

/// The sections of a 32-bit little-endian ELF file. Nothing outside `file` is read, whatever it
/// holds. Source: Tool Interface Standard, "Executable and Linking Format", version 1.2.
Outcome<std::vector<ElfSection>> read_elf_sections(std::span<const std::byte> file);

/// Bytes of all sections that have one of these names.
[[nodiscard]] std::uint64_t bytes_of(std::span<const ElfSection> sections,
                                     std::initializer_list<std::string_view> names);

}  // namespace verge::apps
