#pragma once
// The part of ZIP that .npz files use: entries stored or deflated, no encryption, no zip64, one
// disk. Layout: PKWARE's APPNOTE.TXT, sections 4.3 to 4.5.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/outcome.hpp"

namespace verge::npy {

/// One entry, as the central directory describes it; `packed` lies in the file.
struct ZipEntry {
    std::string name;
    std::span<const std::byte> packed;
    std::uint32_t size = 0;  // unpacked, in bytes, as claimed
    std::uint32_t crc = 0;
    bool is_deflated = false;
};

/// All entries, their bytes within `file`. The directory must end exactly where the file does.
[[nodiscard]] Outcome<std::vector<ZipEntry>> list_zip(std::span<const std::byte> file);

/// The entry's bytes, checked against its size and CRC-32. An entry that claims more than deflate
/// could have packed is refused before memory is taken.
[[nodiscard]] Outcome<std::vector<std::byte>> unpack(const ZipEntry& entry);

/// A file to be stored.
struct ZipContent {
    std::string name;
    std::vector<std::byte> bytes;
};

/// The archive, entries stored one after another.
[[nodiscard]] Outcome<std::vector<std::byte>> store_zip(std::span<const ZipContent> contents);

}  // namespace verge::npy
