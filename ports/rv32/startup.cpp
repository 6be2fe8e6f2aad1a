// Start-up of QEMU's RISC-V virt machine in machine mode: first instruction, traps, semihosting.

#include <cstdint>

#include "ports/board.hpp"
#include "ports/common/semihost.hpp"
#include "ports/common/start.hpp"
#include "ports/host_files.hpp"

extern "C" {

/// Where the hart starts; other harts than 0 wait for ever.
[[gnu::naked, gnu::section(".boot"), gnu::used]] void verge_reset() {
    asm volatile(
        ".option push\n"
        ".option arch, +zicsr\n"
        "csrr t0, mhartid\n"
        "1: bnez t0, 1b\n"
        "la sp, __stack_top\n"
        "la t0, verge_trap\n"
        "csrw mtvec, t0\n"
        "la t0, verge_flash_region\n"  // a stack that leaves RAM, or a wild write, faults
        "csrw pmpaddr0, t0\n"
        "li t0, 0x9D\n"  // locked, one aligned power of two, read and execute
        "csrw pmpcfg0, t0\n"
        ".option pop\n"
        "j verge_start\n");
}

[[noreturn, gnu::used]] void verge_report_trap(const std::uint32_t* registers) {
    using verge::board::put_register;
    using verge::board::put_text;
    put_text("verge: fault\n");
    put_register("mcause", registers[0]);
    put_register("mepc", registers[1]);
    put_register("mtval", registers[2]);
    put_register("sp", registers[3]);
    put_register("ra", registers[4]);
    verge::board::stop(verge::board::kFaultStatus);
}

/// The stack may be what broke: the report runs on a fresh one. mtvec needs four-byte alignment.
[[gnu::naked, gnu::aligned(4), gnu::used]] void verge_trap() {
    asm volatile(
        ".option push\n"
        ".option arch, +zicsr\n"
        "csrw mscratch, sp\n"
        "la sp, __stack_top - 32\n"
        "sw ra, 16(sp)\n"
        "csrr t0, mcause\n"
        "sw t0, 0(sp)\n"
        "csrr t0, mepc\n"
        "sw t0, 4(sp)\n"
        "csrr t0, mtval\n"
        "sw t0, 8(sp)\n"
        "csrr t0, mscratch\n"
        "sw t0, 12(sp)\n"
        ".option pop\n"
        "mv a0, sp\n"
        "j verge_report_trap\n");
}

/// The trap is recognised by the two instructions around it, none of them compressed.
[[gnu::naked, gnu::aligned(16)]] std::intptr_t verge_semihost(verge::board::Semihost,
                                                              const void*) noexcept {
    asm volatile(
        ".option push\n"
        ".option norvc\n"
        "slli x0, x0, 0x1f\n"
        "ebreak\n"
        "srai x0, x0, 7\n"
        ".option pop\n"
        "ret\n");
}
}
