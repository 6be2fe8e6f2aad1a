// Start-up of every Cortex-M: vector table, FPU, faults. Written with ARMv6-M instructions in the
// assembly, so that one file serves every core.

#include <array>
#include <cstddef>
#include <cstdint>

#include "ports/board.hpp"
#include "ports/common/semihost.hpp"
#include "ports/common/start.hpp"
#include "ports/cortex_m/core.hpp"
#include "ports/host_files.hpp"

extern "C" char verge_stack_guard[];

namespace {

using verge::cortex_m::at;

// Arm v7-M Architecture Reference Manual, B3.2: system control space.
constexpr std::uintptr_t kVectorTableOffset = 0xE000ED08;
constexpr std::uintptr_t kFaultStatus = 0xE000ED28;
constexpr std::uintptr_t kBusFaultAddress = 0xE000ED38;
constexpr std::uintptr_t kCoprocessorAccess = 0xE000ED88;
constexpr std::uintptr_t kMpuControl = 0xE000ED94;
constexpr std::uintptr_t kMpuRegion = 0xE000ED98;
constexpr std::uintptr_t kMpuBase = 0xE000ED9C;
constexpr std::uintptr_t kMpuAttributes = 0xE000EDA0;
constexpr std::uint32_t kMpuForbidMegabyte =
    (1U << 28) | (19U << 1) | 1U;  // no access, no execution
constexpr std::uint32_t kMpuOnOverDefaultMap = 5;
constexpr std::uint32_t kFloatFullAccess = 0xFU << 20;  // also the vector unit of a Cortex-M55

/// Where the hole below RAM swallows writes in silence, the MPU makes it fault (ARMv7-M registers);
/// the linker script says 0 where the hole faults by itself.
void guard_stack() {
    const auto guard = reinterpret_cast<std::uintptr_t>(verge_stack_guard);
    if (guard == 0) {
        return;
    }
    at(kMpuRegion) = 0;
    at(kMpuBase) = guard;
    at(kMpuAttributes) = kMpuForbidMegabyte;
    at(kMpuControl) = kMpuOnOverDefaultMap;
}

/// What the core pushed on its way into the handler.
struct Frame {
    std::array<std::uint32_t, 8> words;
};

constexpr std::array<const char*, 8> kFrameNames{"r0", "r1", "r2", "r3", "r12", "lr", "pc", "xpsr"};

}  // namespace

extern "C" {

extern const std::array<const void*, 16> verge_vectors;  // NOLINT(readability-identifier-naming)

[[noreturn]] void verge_reset() {
    at(kVectorTableOffset) = reinterpret_cast<std::uintptr_t>(&verge_vectors);
    at(kCoprocessorAccess) = at(kCoprocessorAccess) | kFloatFullAccess;
    guard_stack();
    asm volatile("dsb\n isb" ::: "memory");
    verge_start();
}

[[noreturn, gnu::used]] void verge_report_fault(const Frame* frame) {
    using verge::board::put_register;
    using verge::board::put_text;
    put_text("verge: fault\n");
    const auto* word = reinterpret_cast<const std::uint32_t*>(frame);
    if (word >= __stack_limit && word + frame->words.size() <= __stack_top) {
        for (std::size_t i = 0; i < frame->words.size(); ++i) {
            put_register(kFrameNames[i], frame->words[i]);
        }
    } else {
        put_register("the stack left its memory: sp", reinterpret_cast<std::uintptr_t>(frame));
    }
    put_register("cfsr", at(::kFaultStatus));
    put_register("bfar", at(kBusFaultAddress));
    verge::board::stop(verge::board::kFaultStatus);
}

/// The report runs below what the core pushed, or on a fresh stack when the stack is what broke.
[[gnu::naked]] void verge_fault() {
    asm volatile(
        "mov r0, sp\n"
        "ldr r1, =__stack_limit + 512\n"
        "cmp r0, r1\n"
        "ldr r1, =__stack_top\n"
        "blo 1f\n"
        "cmp r0, r1\n"
        "blo 2f\n"
        "1: mov sp, r1\n"
        "2: ldr r1, =verge_report_fault\n"
        "bx r1\n"
        ".ltorg\n");
}

[[gnu::naked]] std::intptr_t verge_semihost(verge::board::Semihost, const void*) noexcept {
    asm volatile("bkpt 0xAB\n bx lr");
}

[[gnu::section(".vectors"), gnu::used]] extern const std::array<const void*, 16> verge_vectors{
    __stack_top,
    reinterpret_cast<const void*>(&verge_reset),
    reinterpret_cast<const void*>(&verge_fault),
    reinterpret_cast<const void*>(&verge_fault),
    reinterpret_cast<const void*>(&verge_fault),
    reinterpret_cast<const void*>(&verge_fault),
    reinterpret_cast<const void*>(&verge_fault),
};
}
