#pragma once
// A firmware around a plan: built with the cross compiler of a board, measured, and booted in QEMU.
// `verge emulate` uses it, and so do programs that bring a main of their own.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "apps/verge/boards.hpp"
#include "base/outcome.hpp"
#include "platform/machine.hpp"

namespace verge::apps {

/// How a firmware runs its plan; both give the same bits.
enum class Form : std::uint8_t {
    interpreter,  // tiny::Runner reads the plan from flash: a new plan needs no new firmware
    emitted,      // direct kernel calls: the smallest
};

/// What goes into a firmware. Paths of sources are relative to the source tree, or absolute.
struct FirmwareSpec {
    const Board* board = nullptr;
    std::vector<std::byte> plan;  // compiled for board->target
    /// The arguments of VERGE_ENTRY, as compiler::Compiled::kernels; empty: what the plan needs.
    std::vector<std::string> kernel_lines = {};
    Form form = Form::interpreter;
    /// Defines verge_main(), around ports/common/firmware_model.hpp (interpreter) or
    /// ports/common/emitted_model.hpp; empty: what `verge emulate` runs.
    std::vector<std::string> sources = {};
    std::vector<std::string> include_folders = {};  // beside the source tree's root
    std::uint32_t stack_bytes = 16384;              // reserved
};

/// Bytes of the linked sections.
struct FirmwareSizes {
    std::uint64_t text = 0;  // .boot and .text
    std::uint64_t rodata = 0;
    std::uint64_t weights = 0;  // .model: the plan
    std::uint64_t data = 0;
    std::uint64_t bss = 0;
    std::uint64_t arena = 0;           // arena, state and the table of kernels
    std::uint64_t reserved_stack = 0;  // what it may use; BoardRun knows what it used
};

/// A linked firmware; `folder` holds it and goes with it.
struct Firmware {
    Board board;
    platform::TemporaryFolder folder;
    std::string elf;
    FirmwareSizes sizes;
};

/// Compiles and links. Builds the board's libraries first when they are not in the cache yet, with
/// a word on standard error. Code::refused: it does not fit the board, and the Error says by how
/// much. Other Errors name the missing tool and its Debian package, or what the compiler said.
Outcome<Firmware> build_firmware(const FirmwareSpec& spec);

/// How a firmware is booted.
struct BootOptions {
    /// Name in the board's view -> bytes: what open_host_file() finds.
    std::map<std::string, std::vector<std::byte>> files = {};
    std::uint64_t timeout_ms = 120'000;
    bool clock_counts_instructions = false;  // now_us() is 1 us per 1000; sleep takes no time
};

/// What a firmware did until it ended by itself.
struct BoardRun {
    int exit_code = 0;
    std::string console;
    std::vector<std::uint64_t> intervals;  // instructions between each pair of markers
    std::uint64_t total_instructions = 0;
    std::map<std::string, std::vector<std::byte>> files;  // what it wrote

    /// The number that the firmware printed as "NAME 0x...", by put_register().
    [[nodiscard]] std::uint64_t printed(const std::string& name, std::uint64_t otherwise = 0) const;
};

/// Boots the firmware in QEMU and waits for its end. An Error when QEMU is missing or the time is
/// over; an exit code other than 0 is none.
Outcome<BoardRun> boot(const Firmware& firmware, const BootOptions& options);

}  // namespace verge::apps
