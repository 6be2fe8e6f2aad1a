// Reading and writing .npy: the frame around the header, then the order of bytes and of elements.

#include "formats/npy/npy.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "formats/byte_order.hpp"
#include "formats/npy/header.hpp"

namespace verge::npy {
namespace {

using formats::load_little;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kVersionOffset = 6;
constexpr std::size_t kLengthOffset = 8;
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20;

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error too_short(std::size_t found, std::string_view part) {
    return bad_input(
        "the file ends after " + std::to_string(found) + " bytes, within its " + std::string(part),
        "a whole .npy file", "copy or save it again");
}

/// The header's text; `data` becomes what follows it.
Outcome<std::string_view> split(std::span<const std::byte> file, std::span<const std::byte>& data) {
    const std::string_view begin = text_of(file.first(std::min(file.size(), kMagic.size())));
    if (begin != kMagic.substr(0, begin.size())) {
        return bad_input("the file does not begin as a .npy file does", "\\x93NUMPY");
    }
    if (file.size() < kLengthOffset) {
        return too_short(file.size(), "first 8 bytes");
    }
    const auto version = std::to_integer<unsigned>(file[kVersionOffset]);
    if (version < 1 || version > 3 || file[kVersionOffset + 1] != std::byte{0}) {
        return unsupported("the format version is " + std::to_string(version) + "." +
                               std::to_string(std::to_integer<unsigned>(file[kVersionOffset + 1])),
                           "1.0, 2.0 or 3.0");
    }
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    if (file.size() < kLengthOffset + length_bytes) {
        return too_short(file.size(), "header length");
    }
    const std::size_t length = version == 1 ? load_little<std::uint16_t>(file, kLengthOffset)
                                            : load_little<std::uint32_t>(file, kLengthOffset);
    const std::size_t start = kLengthOffset + length_bytes;
    if (length > kMostHeaderBytes) {
        return bad_input("the header claims " + std::to_string(length) + " bytes",
                         "at most 1048576");
    }
    if (length > file.size() - start) {
        return too_short(file.size(), "header");
    }
    data = file.subspan(start + length);
    return text_of(file.subspan(start, length));
}

void swap_bytes(std::vector<std::byte>& data, std::size_t element) {
    for (auto at = data.begin(); at != data.end(); at += static_cast<std::ptrdiff_t>(element)) {
        std::reverse(at, at + static_cast<std::ptrdiff_t>(element));
    }
}

/// Copies from Fortran order (the first index runs fastest) to C order, counting the index up as
/// C order does. Precondition: data holds at least one element.
std::vector<std::byte> to_c_order(const std::vector<std::byte>& data,
                                  std::span<const std::int64_t> shape,
                                  std::size_t element) {
    const std::size_t rank = shape.size();
    std::vector<std::size_t> stride(rank, element);
    for (std::size_t d = 1; d < rank; ++d) {
        stride[d] = stride[d - 1] * static_cast<std::size_t>(shape[d - 1]);
    }
    std::vector<std::int64_t> index(rank, 0);
    std::vector<std::byte> ordered(data.size());
    std::size_t from = 0;
    for (std::size_t to = 0; to < ordered.size(); to += element) {
        std::memcpy(ordered.data() + to, data.data() + from, element);
        for (std::size_t d = rank; d-- > 0;) {
            from += stride[d];
            if (++index[d] < shape[d]) {
                break;
            }
            from -= stride[d] * static_cast<std::size_t>(shape[d]);
            index[d] = 0;
        }
    }
    return ordered;
}

}  // namespace

Outcome<Array> read_npy(std::span<const std::byte> file) {
    std::span<const std::byte> data;
    VERGE_ASSIGN(const std::string_view text, split(file, data));
    VERGE_ASSIGN(Header header, parse_header(text));
    const std::optional<std::uint64_t> wanted = byte_count(header.type, header.shape);
    if (!wanted) {
        return bad_input("the shape " + shape_text(header.shape) +
                         " has more bytes than 63 bits count");
    }
    if (*wanted != data.size()) {
        return bad_input(std::to_string(data.size()) + " bytes follow the header",
                         std::to_string(*wanted) + " for " + std::string(name_of(header.type)) +
                             " " + shape_text(header.shape));
    }
    Array array{header.type, std::move(header.shape), {data.begin(), data.end()}};
    const std::size_t element = size_of(array.type);
    if (header.is_big_endian) {
        swap_bytes(array.data, element);
    }
    if (header.is_fortran_order && array.shape.size() > 1 && !array.data.empty()) {
        array.data = to_c_order(array.data, array.shape, element);
    }
    return array;
}

std::vector<std::byte> write_npy(const Array& array) {
    assert(byte_count(array.type, array.shape) == array.data.size() &&
           "the data fit type and shape");
    std::string text = header_text({.type = array.type, .shape = array.shape});
    const std::size_t start = kLengthOffset + sizeof(std::uint16_t);
    text.append(kAlignment - 1 - (start + text.size()) % kAlignment, ' ');
    text += '\n';
    std::string head(kMagic);
    head += {'\1', '\0'};  // at most 64 dimensions: version 1.0 always does
    head += {static_cast<char>(text.size() & 0xFFU), static_cast<char>(text.size() >> 8U)};
    head += text;
    std::vector<std::byte> file(head.size() + array.data.size());
    std::copy(array.data.begin(), array.data.end(),
              std::ranges::copy(std::as_bytes(std::span(head)), file.begin()).out);
    return file;
}

}  // namespace verge::npy
