#pragma once
// Whether a picture file is all there, before a decoder that would forgive is asked.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/outcome.hpp"

namespace verge::image {

enum class Kind : std::uint8_t { jpeg, png, bmp, pnm };

/// By the first bytes.
[[nodiscard]] Outcome<Kind> kind_of(std::span<const std::byte> file);

/// PNG: every chunk with its CRC-32 up to IEND. Layout: W3C "Portable Network Graphics", chapter 5.
[[nodiscard]] Done check_png(std::span<const std::byte> file);

/// JPEG: every segment, no bytes between them, Huffman tables of at most 256 codes, and the
/// end-of-image marker after the last scan. Layout: ITU-T T.81, annex
/// B.
[[nodiscard]] Done check_jpeg(std::span<const std::byte> file);

/// BMP: every row that an uncompressed picture of its size has.
[[nodiscard]] Done check_bmp(std::span<const std::byte> file);

}  // namespace verge::image
