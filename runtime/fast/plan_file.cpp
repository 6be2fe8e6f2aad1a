#include "runtime/fast/plan_file.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "operators/repack.hpp"
#include "plan/draft.hpp"
#include "platform/file.hpp"
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

std::string cache_path(std::span<const std::byte> bytes, const LoadOptions& options) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, 64 bits
    for (const std::byte byte : bytes) {
        hash = (hash ^ static_cast<std::uint64_t>(byte)) * 1099511628211ULL;
    }
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
    const std::string cached = options.cache_folder.empty() ? "" : cache_path(bytes, options);
    if (auto known = from_cache(cached, options.features); known.ok()) {
        return known;
    }
    return repacked(file.view_, cached, options.features);
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

/// A cache file that somebody broke is as good as none.
Outcome<PlanFile> PlanFile::from_cache(const std::string& path, std::uint16_t features) {
    if (path.empty()) {
        return Error{};
    }
    VERGE_ASSIGN(platform::MappedFile mapped, platform::MappedFile::open(path));
    auto owner = std::make_shared<platform::MappedFile>(std::move(mapped));
    const auto bytes = owner->bytes();
    VERGE_ASSIGN(PlanFile file, checked(std::move(owner), bytes, features));
    if (!is_packed_for(file.view_, features)) {
        return Error{};
    }
    file.was_repacked_ = true;
    return file;
}

Outcome<PlanFile> PlanFile::repacked(const plan::View& view,
                                     const std::string& cached,
                                     std::uint16_t features) {
    plan::Draft draft = plan::to_draft(view);
    repack(draft, features, kConstantAlignment);
    auto owner = std::make_shared<AlignedBytes>(draft.bytes());
    if (!cached.empty() && platform::write_file_atomically(cached, owner->bytes()).ok()) {
        if (auto shared = from_cache(cached, features); shared.ok()) {
            return shared;
        }
    }
    const auto bytes = owner->bytes();
    VERGE_ASSIGN(PlanFile file, checked(std::move(owner), bytes, features));
    file.was_repacked_ = true;
    return file;
}

}  // namespace verge::fast
