// Boots a firmware in QEMU, in a folder of its own that holds the files it may open.

#include <cstdlib>
#include <filesystem>

#include "apps/verge/firmware.hpp"
#include "apps/verge/firmware_tools.hpp"
#include "apps/verge/verb.hpp"
#include "platform/file.hpp"

namespace verge::apps {
namespace {

namespace fs = std::filesystem;

struct Places {
    std::string plugin;
    std::string counts;
    std::string folder;
};

platform::Command qemu_command(const Firmware& firmware,
                               const BootOptions& options,
                               const std::string& qemu,
                               const Places& places) {
    const Board& board = firmware.board;
    std::vector<std::string> arguments = {qemu, "-machine", std::string(board.machine)};
    if (!board.cpu.empty()) {
        arguments.insert(arguments.end(), {"-cpu", std::string(board.cpu)});
    }
    if (qemu.ends_with("riscv32")) {
        arguments.insert(arguments.end(), {"-bios", "none"});
    }
    if (options.clock_counts_instructions) {
        arguments.insert(arguments.end(), {"-icount", "shift=0,sleep=off"});
    }
    arguments.insert(arguments.end(),
                     {"-display", "none", "-monitor", "none", "-serial", "none",
                      "-semihosting-config", "enable=on,target=native", "-plugin",
                      places.plugin + ",out=" + places.counts, "-kernel", firmware.elf});
    return {.arguments = std::move(arguments),
            .folder = places.folder,
            .timeout_ms = options.timeout_ms};
}

Done read_counts(const std::string& path, BoardRun& run) {
    VERGE_ASSIGN(const std::string text, platform::read_text_file(path));
    const Json counts = Json::parse(text, nullptr, false);
    if (counts.is_discarded() || !counts.contains("intervals") || !counts.contains("total")) {
        return bad_input("the counts of QEMU's plugin are not readable", "", "report a bug");
    }
    run.total_instructions = counts["total"];
    for (const Json& count : counts["intervals"]) {
        run.intervals.push_back(count);
    }
    return done();
}

Done collect_files(const std::string& folder, const BootOptions& options, BoardRun& run) {
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        if (!options.files.contains(name)) {
            VERGE_ASSIGN(run.files[name], platform::read_file(entry.path().string()));
        }
    }
    return done();
}

}  // namespace

std::uint64_t BoardRun::printed(const std::string& name, std::uint64_t otherwise) const {
    const std::string wanted = "\n" + name + " 0x";
    const std::string text = "\n" + console;
    const std::size_t found = text.find(wanted);
    return found == std::string::npos
               ? otherwise
               : std::strtoull(text.c_str() + found + wanted.size(), nullptr, 16);
}

Outcome<BoardRun> boot(const Firmware& firmware, const BootOptions& options) {
    VERGE_ASSIGN(const std::string qemu, find_qemu(firmware.board));
    VERGE_ASSIGN(const std::string plugin, prepare_counter());
    VERGE_ASSIGN(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
    for (const auto& [name, bytes] : options.files) {
        VERGE_CHECK(platform::write_file_atomically(folder.path() + "/" + name, bytes));
    }
    const Places places{plugin, firmware.folder.path() + "/counts.json", folder.path()};
    VERGE_ASSIGN(const platform::ProcessResult ended,
                 platform::run_process(qemu_command(firmware, options, qemu, places)));
    if (ended.timed_out || ended.signal != 0) {
        return Error{Code::io,
                     ended.timed_out ? "the firmware had not ended after " +
                                           std::to_string(options.timeout_ms) + " ms"
                                     : "QEMU was killed by signal " + std::to_string(ended.signal),
                     {},
                     ended.timed_out ? "give it more time" : ""}
            .within(firmware.board.name);
    }
    BoardRun run;
    run.exit_code = ended.exit_code;
    run.console = ended.err + ended.out;
    VERGE_CHECK(read_counts(places.counts, run));
    VERGE_CHECK(collect_files(folder.path(), options, run));
    return run;
}

}  // namespace verge::apps
