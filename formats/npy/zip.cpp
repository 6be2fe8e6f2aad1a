// ZIP: the directory at the end is the truth; of the local headers only the lengths are used.

#include "formats/npy/zip.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include <zlib.h>

#include "formats/byte_order.hpp"

namespace verge::npy {
namespace {

using formats::append_little;
using formats::load_little;

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kMostCommentBytes = 65535;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncryptedFlag = 1;
constexpr std::uint32_t kZip64Mark = 0xFFFFFFFF;
constexpr std::uint16_t kZip64CountMark = 0xFFFF;
constexpr std::uint16_t kNeededVersion = 20;
constexpr std::uint16_t kFirstDosDate = 0x21;  // 1 January 1980
constexpr std::uint64_t kMostRatio = 1032;     // of deflate: 258 bytes by 2 bits
constexpr int kRawDeflateWindow = -15;

struct Directory {
    std::size_t offset;
    std::size_t bytes;
    std::uint16_t entries;
};

Error zip64() {
    return unsupported("the archive uses zip64", "a plain archive below 4 GiB",
                       "save smaller archives");
}

/// The end record is the last one whose comment reaches exactly to the end of the file.
std::optional<std::size_t> find_end(std::span<const std::byte> file) {
    for (std::size_t comment = 0; comment <= kMostCommentBytes; ++comment) {
        if (file.size() < kEndBytes + comment) {
            return std::nullopt;
        }
        const std::size_t at = file.size() - kEndBytes - comment;
        if (load_little<std::uint32_t>(file, at) == kEndSignature &&
            load_little<std::uint16_t>(file, at + 20) == comment) {
            return at;
        }
    }
    return std::nullopt;
}

Outcome<Directory> find_directory(std::span<const std::byte> file) {
    const std::optional<std::size_t> end = find_end(file);
    if (!end) {
        return bad_input("the file does not end as a ZIP archive does", "a whole .npz file",
                         "copy or save it again");
    }
    const auto disk = load_little<std::uint16_t>(file, *end + 4);
    const auto entries_here = load_little<std::uint16_t>(file, *end + 8);
    const auto entries = load_little<std::uint16_t>(file, *end + 10);
    const auto bytes = load_little<std::uint32_t>(file, *end + 12);
    const auto offset = load_little<std::uint32_t>(file, *end + 16);
    if (entries == kZip64CountMark || bytes == kZip64Mark || offset == kZip64Mark) {
        return zip64();
    }
    if (disk != 0 || entries_here != entries) {
        return unsupported("the archive is split over several files", "one file");
    }
    if (std::uint64_t{offset} + bytes != *end) {
        return bad_input("the archive's directory does not end where its end record begins");
    }
    return Directory{offset, bytes, entries};
}

/// Where the packed bytes begin, after the local header. Its own sizes may be zip64 marks (NumPy
/// writes such), so only the directory's are believed.
Outcome<std::size_t> data_offset(std::span<const std::byte> file, std::size_t local) {
    if (local + kLocalBytes > file.size() ||
        load_little<std::uint32_t>(file, local) != kLocalSignature) {
        return bad_input("no local header lies at byte " + std::to_string(local));
    }
    return local + kLocalBytes + load_little<std::uint16_t>(file, local + 26) +
           load_little<std::uint16_t>(file, local + 28);
}

struct Listed {
    ZipEntry entry;
    std::size_t record_bytes;
};

/// Precondition: kCentralBytes lie at `at`.
Done check_method(std::span<const std::byte> file, std::size_t at) {
    const auto flags = load_little<std::uint16_t>(file, at + 8);
    const auto method = load_little<std::uint16_t>(file, at + 10);
    if ((flags & kEncryptedFlag) != 0) {
        return unsupported("it is encrypted", "an archive without a password");
    }
    if (method != kStored && method != kDeflated) {
        return unsupported("it is packed by method " + std::to_string(method),
                           "stored (0) or deflated (8)", "save it with numpy.savez");
    }
    return done();
}

Outcome<Listed> read_record(std::span<const std::byte> file, std::size_t at, std::size_t end) {
    if (end - at < kCentralBytes || load_little<std::uint32_t>(file, at) != kCentralSignature) {
        return bad_input("no directory record lies at byte " + std::to_string(at));
    }
    const std::size_t name_bytes = load_little<std::uint16_t>(file, at + 28);
    const std::size_t record = kCentralBytes + name_bytes +
                               load_little<std::uint16_t>(file, at + 30) +
                               load_little<std::uint16_t>(file, at + 32);
    if (record > end - at) {
        return bad_input("the directory record at byte " + std::to_string(at) +
                         " runs over the directory's end");
    }
    const std::span<const std::byte> name = file.subspan(at + kCentralBytes, name_bytes);
    ZipEntry entry;
    entry.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    if (Done method = check_method(file, at); !method.ok()) {
        return std::move(method).error().within("'" + entry.name + "'");
    }
    const auto packed = load_little<std::uint32_t>(file, at + 20);
    const auto local = load_little<std::uint32_t>(file, at + 42);
    entry.crc = load_little<std::uint32_t>(file, at + 16);
    entry.size = load_little<std::uint32_t>(file, at + 24);
    entry.is_deflated = load_little<std::uint16_t>(file, at + 10) == kDeflated;
    if (packed == kZip64Mark || entry.size == kZip64Mark || local == kZip64Mark) {
        return zip64();
    }
    VERGE_ASSIGN(const std::size_t data, data_offset(file, local));
    if (data > file.size() || packed > file.size() - data) {
        return bad_input("the bytes of '" + entry.name + "' run over the end of the file");
    }
    entry.packed = file.subspan(data, packed);
    return Listed{std::move(entry), record};
}

/// zlib's stream for reading, ended with this object.
struct Inflater {
    Inflater() { is_ready = ::inflateInit2(&stream, kRawDeflateWindow) == Z_OK; }

    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    ~Inflater() {
        if (is_ready) {
            ::inflateEnd(&stream);
        }
    }

    z_stream stream{};
    bool is_ready = false;
};

/// Unpacks into exactly `into`; false when the stream is broken, shorter or longer.
bool inflate_all(std::span<const std::byte> packed, std::span<std::byte> into) {
    Inflater inflater;
    if (!inflater.is_ready) {
        return false;
    }
    Bytef none = 0;
    inflater.stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    inflater.stream.avail_in = static_cast<uInt>(packed.size());
    inflater.stream.next_out = into.empty() ? &none : reinterpret_cast<Bytef*>(into.data());
    inflater.stream.avail_out = static_cast<uInt>(into.size());
    return ::inflate(&inflater.stream, Z_FINISH) == Z_STREAM_END &&
           inflater.stream.avail_out == 0 && inflater.stream.avail_in == 0;
}

std::uint32_t crc_of(std::span<const std::byte> bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

struct Placed {
    const ZipContent* content;
    std::uint32_t offset;
    std::uint32_t crc;
};

/// The fields that local header and directory record share.
void append_common(std::vector<std::byte>& file, const Placed& placed) {
    const auto size = static_cast<std::uint32_t>(placed.content->bytes.size());
    append_little(file, kNeededVersion);
    append_little(file, std::uint16_t{0});  // flags
    append_little(file, kStored);
    append_little(file, std::uint16_t{0});  // time: the same input gives the same file
    append_little(file, kFirstDosDate);
    append_little(file, placed.crc);
    append_little(file, size);
    append_little(file, size);
    append_little(file, static_cast<std::uint16_t>(placed.content->name.size()));
    append_little(file, std::uint16_t{0});  // extra bytes
}

void append_text(std::vector<std::byte>& file, std::string_view text) {
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    file.insert(file.end(), bytes.begin(), bytes.end());
}

void append_local(std::vector<std::byte>& file, const Placed& placed) {
    append_little(file, kLocalSignature);
    append_common(file, placed);
    append_text(file, placed.content->name);
    file.insert(file.end(), placed.content->bytes.begin(), placed.content->bytes.end());
}

void append_record(std::vector<std::byte>& file, const Placed& placed) {
    append_little(file, kCentralSignature);
    append_little(file, kNeededVersion);
    append_common(file, placed);
    append_little(file, std::uint16_t{0});  // comment bytes
    append_little(file, std::uint16_t{0});  // disk
    append_little(file, std::uint16_t{0});  // internal attributes
    append_little(file, std::uint32_t{0});  // external attributes
    append_little(file, placed.offset);
    append_text(file, placed.content->name);
}

void append_end(std::vector<std::byte>& file, std::uint16_t entries, std::uint32_t directory) {
    const auto bytes = static_cast<std::uint32_t>(file.size() - directory);
    append_little(file, kEndSignature);
    append_little(file, std::uint32_t{0});  // disks
    append_little(file, entries);
    append_little(file, entries);
    append_little(file, bytes);
    append_little(file, directory);
    append_little(file, std::uint16_t{0});  // comment bytes
}

}  // namespace

Outcome<std::vector<ZipEntry>> list_zip(std::span<const std::byte> file) {
    VERGE_ASSIGN(const Directory directory, find_directory(file));
    const std::size_t end = directory.offset + directory.bytes;
    std::size_t at = directory.offset;
    std::vector<ZipEntry> entries;
    for (std::uint16_t i = 0; i < directory.entries; ++i) {
        VERGE_ASSIGN(Listed listed, read_record(file, at, end));
        at += listed.record_bytes;
        entries.push_back(std::move(listed.entry));
    }
    if (at != end) {
        return bad_input("the archive's directory has more bytes than its records");
    }
    return entries;
}

Outcome<std::vector<std::byte>> unpack(const ZipEntry& entry) {
    const std::uint64_t possible = entry.is_deflated
                                       ? (std::uint64_t{entry.packed.size()} + 1) * kMostRatio
                                       : entry.packed.size();
    if (entry.size > possible || (!entry.is_deflated && entry.size != entry.packed.size())) {
        return bad_input("it claims " + std::to_string(entry.size) + " bytes, which its " +
                         std::to_string(entry.packed.size()) + " packed ones cannot hold");
    }
    std::vector<std::byte> bytes(entry.size);
    if (!entry.is_deflated) {
        std::copy(entry.packed.begin(), entry.packed.end(), bytes.begin());
    } else if (!inflate_all(entry.packed, bytes)) {
        return bad_input("its packed bytes are broken, or do not give the " +
                         std::to_string(entry.size) + " bytes they should");
    }
    if (crc_of(bytes) != entry.crc) {
        return bad_input("its bytes differ from their CRC-32", {},
                         "copy or save the archive again");
    }
    return bytes;
}

Outcome<std::vector<std::byte>> store_zip(std::span<const ZipContent> contents) {
    if (contents.size() >= kZip64CountMark) {
        return unsupported("the archive would have " + std::to_string(contents.size()) + " entries",
                           "below 65535");
    }
    std::vector<std::byte> file;
    std::vector<Placed> placed;
    for (const ZipContent& content : contents) {
        if (content.name.size() > std::numeric_limits<std::uint16_t>::max()) {
            return bad_input("a name has " + std::to_string(content.name.size()) + " bytes",
                             "at most 65535");
        }
        if (file.size() + content.bytes.size() >= kZip64Mark - (std::size_t{1} << 24)) {
            return unsupported("the archive would have 4 GiB or more", "a smaller one");
        }
        placed.push_back(
            {&content, static_cast<std::uint32_t>(file.size()), crc_of(content.bytes)});
        append_local(file, placed.back());
    }
    const auto directory = static_cast<std::uint32_t>(file.size());
    for (const Placed& entry : placed) {
        append_record(file, entry);
    }
    if (file.size() >= kZip64Mark) {
        return unsupported("the archive would have 4 GiB or more", "a smaller one");
    }
    append_end(file, static_cast<std::uint16_t>(placed.size()), directory);
    return file;
}

}  // namespace verge::npy
