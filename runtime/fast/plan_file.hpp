#pragma once
// A plan in memory, ready for this machine: mapped where it lies, or repacked once into a cache
// that processes share.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/cpu_here.hpp"
#include "base/outcome.hpp"
#include "plan/plan.hpp"

namespace verge::fast {

struct LoadOptions {
    std::uint16_t features = cpu::here();
    /// Where repacked plans are kept, each beside the plan that it was made of; created for this
    /// user alone, and not used when others may write there. Empty: in memory only.
    std::string cache_folder = {};
};

/// Shared by all runners of one model: the plan and its constants. Cheap to copy.
class PlanFile {
public:
    /// Maps a .vrg file. The Error says what is not sound, and where.
    static Outcome<PlanFile> open(const std::string& path, const LoadOptions& options);

    /// Copies the bytes of a plan (they need no alignment).
    static Outcome<PlanFile> from_bytes(std::span<const std::byte> bytes,
                                        const LoadOptions& options);

    [[nodiscard]] const plan::View& view() const { return view_; }

    /// True when the constants had to be packed anew for this machine, now or for the cache.
    [[nodiscard]] bool was_repacked() const { return was_repacked_; }

    /// True when they lie in a file of the cache, which processes share.
    [[nodiscard]] bool is_cached() const { return is_cached_; }

    [[nodiscard]] std::uint16_t features() const { return features_; }

private:
    static Outcome<PlanFile> adopt(std::shared_ptr<const void> owner,
                                   std::span<const std::byte> bytes,
                                   const LoadOptions& options);
    static Outcome<PlanFile> checked(std::shared_ptr<const void> owner,
                                     std::span<const std::byte> bytes,
                                     std::uint16_t features);
    static Outcome<PlanFile> from_cache(const std::string& path,
                                        std::span<const std::byte> source,
                                        std::uint16_t features);
    Outcome<PlanFile> repacked(std::span<const std::byte> source, const std::string& cached) const;

    std::shared_ptr<const void> owner_;  // the mapping or the copy, shared by runners
    plan::View view_;
    bool was_repacked_ = false;
    bool is_cached_ = false;
    std::uint16_t features_ = 0;
};

/// A Fault as an Error in words: what happened, at which step or tensor, what to do.
[[nodiscard]] Error explain(Fault fault, std::string_view where);

}  // namespace verge::fast
