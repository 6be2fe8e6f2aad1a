#include "runtime/fast/plan_file.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

#include "operators/repack.hpp"
#include "plan/draft.hpp"
#include "platform/file.hpp"
#include "platform/machine.hpp"
#include "runtime/fast/aligned.hpp"

namespace verge::fast {
namespace {

constexpr std::uint32_t kConstantAlignment = 64;

struct Words {
    Status status;
    std::string_view what;
    std::string_view remedy;
};

constexpr std::array kWords = {
#define VERGE_STATUS(code, name, what, remedy) Words{Status::name, what, remedy},
#include "base/status.inc"
#undef VERGE_STATUS
};

/// As FNV-1a with words of 8 bytes: names files and finds broken ones. Whoever wants two plans of
/// one hash makes them easily, so it never says that plans are the same.
std::uint64_t hash_of(std::span<const std::byte> bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t i = 0; i < bytes.size(); i += sizeof hash) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
        hash = (hash ^ word) * 1099511628211ULL;
    }
    return hash;
}

/// The end of a file of the cache: the repacked plan, then all bytes of its source, then this.
struct CacheEnd {
    std::uint64_t magic;
    std::uint64_t packed_bytes;
    std::uint64_t packed_hash;
    std::uint64_t source_bytes;
};

constexpr std::uint64_t kCacheMagic = 0x3148434147524556ULL;  // "VERGACH1"

/// The repacked plan in a file of the cache that was made of `source`; empty when it was not, or is
/// broken.
std::span<const std::byte> packed_in(std::span<const std::byte> file,
                                     std::span<const std::byte> source) {
    CacheEnd end{};
    if (file.size() < sizeof end + source.size()) {
        return {};
    }
    std::memcpy(&end, file.last(sizeof end).data(), sizeof end);
    const std::size_t packed_bytes = file.size() - sizeof end - source.size();
    const auto packed = file.first(packed_bytes);
    const bool is_whole = end.magic == kCacheMagic && end.source_bytes == source.size() &&
                          end.packed_bytes == packed_bytes && end.packed_hash == hash_of(packed);
    return is_whole && std::ranges::equal(file.subspan(packed_bytes, source.size()), source)
               ? packed
               : std::span<const std::byte>();
}

Done write_cache(const std::string& path,
                 std::span<const std::byte> packed,
                 std::span<const std::byte> source) {
    const CacheEnd end{kCacheMagic, packed.size(), hash_of(packed), source.size()};
    std::vector<std::byte> file(packed.begin(), packed.end());
    file.insert(file.end(), source.begin(), source.end());
    const auto last = std::as_bytes(std::span(&end, 1));
    file.insert(file.end(), last.begin(), last.end());
    return platform::write_file_atomically(path, file);
}

/// Empty when there is no folder for it.
std::string cache_path(std::span<const std::byte> bytes, const LoadOptions& options) {
    if (options.cache_folder.empty() ||
        !platform::create_private_folder(options.cache_folder).ok()) {
        return "";
    }
    const std::uint64_t hash = hash_of(bytes);
    std::array<char, 64> name{};
    std::snprintf(name.data(), name.size(), "/%016llx-v%u-%04x.vrg",
                  static_cast<unsigned long long>(hash), plan::kVersion, options.features);
    return options.cache_folder + name.data();
}

}  // namespace

Error explain(Fault fault, std::string_view where) {
    const auto* words = std::ranges::find(kWords, fault.status, &Words::status);
    const bool is_known = words != std::end(kWords);
    Error error =
        bad_input((is_known ? std::string(words->what)
                            : "status " + std::to_string(static_cast<int>(fault.status))) +
                      " (at " + std::to_string(fault.at) + ")",
                  "", is_known ? std::string(words->remedy) : "");
    return std::move(error).within(where);
}

Outcome<PlanFile> PlanFile::open(const std::string& path, const LoadOptions& options) {
    VERGE_ASSIGN(platform::MappedFile mapped, platform::MappedFile::open(path));
    auto owner = std::make_shared<platform::MappedFile>(std::move(mapped));
    const auto bytes = owner->bytes();
    auto opened = adopt(std::move(owner), bytes, options);
    return opened.ok() ? std::move(opened)
                       : Outcome<PlanFile>(std::move(opened).error().within(path));
}

Outcome<PlanFile> PlanFile::from_bytes(std::span<const std::byte> bytes,
                                       const LoadOptions& options) {
    auto copy = std::make_shared<AlignedBytes>(bytes);
    const auto view = copy->bytes();
    return adopt(std::move(copy), view, options);
}

/// Opens a plan and checks each step, so that it may be run and repacked blindly.
Outcome<PlanFile> PlanFile::adopt(std::shared_ptr<const void> owner,
                                  std::span<const std::byte> bytes,
                                  const LoadOptions& options) {
    VERGE_ASSIGN(PlanFile file, checked(std::move(owner), bytes, options.features));
    if (is_packed_for(file.view_, options.features)) {
        return file;
    }
    const std::string cached = cache_path(bytes, options);
    if (auto known = from_cache(cached, bytes, options.features); known.ok()) {
        return known;
    }
    return file.repacked(bytes, cached);
}

Outcome<PlanFile> PlanFile::checked(std::shared_ptr<const void> owner,
                                    std::span<const std::byte> bytes,
                                    std::uint16_t features) {
    const Result<plan::View> opened = plan::View::open(bytes);
    if (!opened.ok()) {
        return explain(opened.fault(), "plan");
    }
    if (const Fault fault = check_steps(opened.value()); !fault.ok()) {
        return explain(fault, "plan");
    }
    PlanFile file;
    file.owner_ = std::move(owner);
    file.view_ = opened.value();
    file.features_ = features;
    return file;
}

/// A cache file that somebody broke or put in another's place is as good as none.
Outcome<PlanFile> PlanFile::from_cache(const std::string& path,
                                       std::span<const std::byte> source,
                                       std::uint16_t features) {
    if (path.empty()) {
        return Error{};
    }
    VERGE_ASSIGN(platform::MappedFile mapped, platform::MappedFile::open(path));
    auto owner = std::make_shared<platform::MappedFile>(std::move(mapped));
    const auto bytes = packed_in(owner->bytes(), source);
    VERGE_ASSIGN(PlanFile file, checked(std::move(owner), bytes, features));
    if (!is_packed_for(file.view_, features)) {
        return Error{};
    }
    file.was_repacked_ = true;
    file.is_cached_ = true;
    return file;
}

Outcome<PlanFile> PlanFile::repacked(std::span<const std::byte> source,
                                     const std::string& cached) const {
    plan::Draft draft = plan::to_draft(view_);
    repack(draft, features_, kConstantAlignment);
    auto owner = std::make_shared<AlignedBytes>(draft.bytes());
    if (!cached.empty() && write_cache(cached, owner->bytes(), source).ok()) {
        if (auto shared = from_cache(cached, source, features_); shared.ok()) {
            return shared;
        }
    }
    const auto bytes = owner->bytes();
    VERGE_ASSIGN(PlanFile file, checked(std::move(owner), bytes, features_));
    file.was_repacked_ = true;
    return file;
}

}  // namespace verge::fast
