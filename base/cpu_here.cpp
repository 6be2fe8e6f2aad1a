#include "base/cpu_here.hpp"

#include <array>
#include <cstdlib>

namespace verge::cpu {
namespace {

struct Name {
    std::string_view name;
    std::uint16_t features;
};

constexpr std::array kNames = {
    Name{"baseline", fpu32},
    Name{"avx2", fpu32 | avx2},
    Name{"avx512", fpu32 | avx2 | avx512_vnni},
    Name{"neon", fpu32 | neon},
    Name{"neon-dot", fpu32 | neon | neon_dot},
    Name{"neon-i8mm", fpu32 | neon | neon_dot | neon_i8mm},
};

std::uint16_t detect() {
    std::uint16_t features = compiled();
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        features |= avx2;
    }
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
        features |= avx512_vnni;
    }
#endif
    return features;
}

}  // namespace

std::uint16_t here() {
    const std::uint16_t detected = detect();
    const char* wanted = std::getenv("VERGE_CPU");
    if (wanted == nullptr) {
        return detected;
    }
    const auto parsed = parse(wanted);
    return parsed.ok() ? static_cast<std::uint16_t>(detected & parsed.value()) : detected;
}

Outcome<std::uint16_t> parse(std::string_view name) {
    std::string known;
    for (const Name& entry : kNames) {
        if (entry.name == name) {
            return entry.features;
        }
        known += known.empty() ? "" : ", ";
        known += entry.name;
    }
    return bad_input("'" + std::string(name) + "' is not the name of a CPU", known);
}

std::string describe(std::uint16_t features) {
    std::string_view best = kNames[0].name;
    for (const Name& entry : kNames) {
        if ((entry.features & ~features) == 0) {
            best = entry.name;
        }
    }
    return std::string(best);
}

}  // namespace verge::cpu
