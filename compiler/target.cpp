#include "compiler/target.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/cpu_here.hpp"

namespace verge::compiler {
namespace {

constexpr Target kTargets[] = {
#define VERGE_TARGET(id, name, features, workers, alignment) \
    {id, name, features, workers, alignment},
#include "compiler/targets.inc"
#undef VERGE_TARGET
};

/// Of the targets with threads, the last one whose features this machine has.
Target host_target() {
    const std::uint16_t here = cpu::here();
    Target best = kTargets[0];
    for (const Target& target : kTargets) {
        const bool is_x86 = target.name.starts_with("x86");
        const bool is_here = (target.features & ~here) == 0;
        if (!target.is_microcontroller() && is_here && is_x86 == ((here & cpu::neon) == 0)) {
            best = target;
        }
    }
    return best;
}

}  // namespace

std::span<const Target> all_targets() {
    return kTargets;
}

Outcome<Target> find_target(std::string_view name) {
    if (name == "host") {
        return host_target();
    }
    const auto* found = std::ranges::find(kTargets, name, &Target::name);
    if (found != std::end(kTargets)) {
        return *found;
    }
    std::string known = "host";
    for (const Target& target : kTargets) {
        known += ", " + std::string(target.name);
    }
    return bad_input("'" + std::string(name) + "' is not a target", known,
                     "name one of them, or a board that `verge boards` lists");
}

std::string_view target_name(std::uint32_t id) {
    const auto* found = std::ranges::find(kTargets, id, &Target::id);
    return found == std::end(kTargets) ? "unknown target" : found->name;
}

}  // namespace verge::compiler
