#include "apps/keyword_spotter/board.hpp"

#include <algorithm>
#include <cstring>

#include "apps/keyword_spotter/record.hpp"
#include "apps/keyword_spotter/streaming.hpp"
#include "apps/verge/board_inference.hpp"
#include "apps/verge/firmware.hpp"
#include "apps/verge/model.hpp"
#include "compiler/compile.hpp"
#include "platform/file.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::spotter {
namespace {

// The shipped models use 2.2 KB; the guard below the stack catches more.
constexpr std::uint32_t kStackBytes = 3072;
constexpr std::uint32_t kLargeStackBytes = 16384;
constexpr std::uint64_t kLeastFrontEnd = 10000;  // instructions: fewer, and no frame was complete
constexpr int kFaultStatus = 101;                // verge::board::kFaultStatus

/// The settings as the header that firmware.cpp includes. It names the one front end that the
/// firmware links.
std::string settings_header(const Model& model) {
    const Settings& settings = model.settings;
    const signal::SmoothingSettings& s = settings.smoothing;
    const auto field = [](const char* name, std::uint64_t value) {
        return std::string(".") + name + " = " + std::to_string(value) + ", ";
    };
    std::string triggers;
    for (const signal::Trigger& trigger : s.triggers) {
        triggers += "{" + std::to_string(trigger.threshold) + ", " +
                    std::to_string(trigger.release) + "}, ";
    }
    const signal::FeatureScale& scale = settings.scale;
    return "#pragma once\n#include \"apps/keyword_spotter/spotter.hpp\"\n#include \"" +
           std::string(model.front_end->header) +
           "\"\nconstexpr const verge::signal::FeatureSource& kFrontEnd = " +
           std::string(model.front_end->identifier) +
           ";\nconstexpr std::uint32_t kWindowFrames = " + std::to_string(model.window_frames) +
           ";\nconstexpr verge::spotter::Settings kSettings{" +
           field("stride_frames", settings.stride_frames) +
           field("window_frames", settings.window_frames) +
           field("switches_on", settings.switches_on) +
           field("switches_off", settings.switches_off) + ".smoothing = {" +
           field("suppression_ms", s.suppression_ms) + field("quiet_classes", s.quiet_classes) +
           field("classes", s.classes) + field("frames", s.frames) +
           field("minimum_frames", s.minimum_frames) + ".triggers = {{" + triggers +
           "}}}, .gate = {" + field("ratio", settings.gate.ratio) +
           field("hangover_ms", settings.gate.hangover_ms) + "}, .scale = {" +
           field("multiplier", static_cast<std::uint32_t>(scale.multiplier)) +
           field("shift", scale.shift) + ".zero_point = " + std::to_string(scale.zero_point) +
           "}};\nstatic_assert(verge::signal::are_usable(kSettings.smoothing));\n";
}

Outcome<apps::Firmware> build(const Model& model,
                              const apps::Board& board,
                              const std::string& folder,
                              std::uint32_t stack_bytes) {
    VERGE_ASSIGN(const compiler::Target target, compiler::find_target(board.target));
    VERGE_ASSIGN(compiler::Compiled compiled, compile_model(model, target));
    VERGE_CHECK(
        platform::write_text_atomically(folder + "/spotter_settings.hpp", settings_header(model)));
    return apps::build_firmware(
        {.board = &board,
         .plan = std::move(compiled.plan),
         .kernel_lines = std::move(compiled.kernels),
         .sources = {"apps/keyword_spotter/firmware.cpp", "apps/keyword_spotter/spotter.cpp",
                     "apps/keyword_spotter/witness_emulated.cpp"},
         .include_folders = {folder},
         .stack_bytes = stack_bytes});
}

Outcome<apps::BoardRun> boot(const apps::Firmware& firmware,
                             std::span<const std::int16_t> samples) {
    apps::BootOptions how{.timeout_ms = 600'000, .clock_counts_instructions = true};
    const auto bytes = std::as_bytes(samples);
    how.files["pcm"] = {bytes.begin(), bytes.end()};
    return apps::boot(firmware, how);
}

std::vector<Record> records_of(const apps::BoardRun& run) {
    const auto found = run.files.find("records");
    std::vector<Record> records(found == run.files.end() ? 0
                                                         : found->second.size() / sizeof(Record));
    if (!records.empty()) {
        std::memcpy(records.data(), found->second.data(), records.size() * sizeof(Record));
    }
    return records;
}

std::uint64_t median(std::vector<std::uint64_t> values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Sorts the intervals between markers by what the network did in them.
void count_instructions(const std::vector<Record>& records,
                        const apps::BoardRun& run,
                        double seconds,
                        BoardHearing& hearing) {
    std::vector<std::uint64_t> with;
    std::vector<std::uint64_t> without;
    std::uint64_t all = 0;
    std::size_t interval = 0;
    for (const Record& record : records) {
        if (record.kind != RecordKind::awake || interval == run.intervals.size()) {
            continue;
        }
        const std::uint64_t count = run.intervals[interval++];
        const Turn turn{record.label};
        all += count;
        (turn == Turn::taken ? with : without).push_back(count);
        hearing.turns += turn == Turn::none ? 0 : 1;
        hearing.turns_asleep += turn == Turn::slept_through ? 1 : 0;
    }
    std::erase_if(without, [](std::uint64_t count) { return count < kLeastFrontEnd; });
    hearing.instructions_per_hop = median(without);
    hearing.instructions_per_inference = median(with);
    const double slept_through =
        static_cast<double>(hearing.turns_asleep) *
        static_cast<double>(hearing.instructions_per_inference - hearing.instructions_per_hop);
    const double clock = seconds * kAwakeClockHz;
    if (seconds > 0) {
        hearing.instructions_per_second =
            static_cast<std::uint64_t>(static_cast<double>(all) / seconds);
        hearing.awake_share = static_cast<double>(all) / clock;
        hearing.awake_share_without_gate = (static_cast<double>(all) + slept_through) / clock;
    }
}

Done take_records(const Model& model, const std::vector<Record>& records, BoardHearing& hearing) {
    for (const Record& record : records) {
        if (record.kind == RecordKind::word && record.label < model.labels.size()) {
            hearing.events.push_back(
                {record.time_ms, model.labels[record.label], record.score, record.is_lit != 0});
        } else if (record.kind == RecordKind::lamp) {
            hearing.led_changes += 1;
        } else if (record.kind == RecordKind::dropped && record.score != 0) {
            return Error{Code::io,
                         "the firmware dropped " + std::to_string(record.score) + " samples",
                         "none",
                         {}};
        }
    }
    return done();
}

}  // namespace

Outcome<BoardHearing> hear_on_board(const Model& model,
                                    std::span<const std::int16_t> samples,
                                    const std::string& name) {
    VERGE_ASSIGN(const apps::Board* board, apps::board_of(name));
    VERGE_ASSIGN(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
    VERGE_ASSIGN(apps::Firmware firmware, build(model, *board, folder.path(), kStackBytes));
    VERGE_ASSIGN(apps::BoardRun run, boot(firmware, samples));
    if (run.exit_code == kFaultStatus) {
        // This model's kernels need more stack than the shipped ones.
        VERGE_ASSIGN(firmware, build(model, *board, folder.path(), kLargeStackBytes));
        VERGE_ASSIGN(run, boot(firmware, samples));
    }
    if (run.exit_code != 0) {
        const std::uint64_t status = run.printed("status");
        const Fault fault{static_cast<Status>(status),
                          static_cast<std::uint32_t>(run.printed("at"))};
        return status != 0 ? fast::explain(fault, "firmware")
                           : Error{Code::io,
                                   "the firmware ended with " + std::to_string(run.exit_code) +
                                       "; it said:\n" + run.console,
                                   {},
                                   {}};
    }
    const apps::FirmwareSizes& sizes = firmware.sizes;
    BoardHearing hearing{.name = name,
                         .events = {},
                         .code_bytes = sizes.text + sizes.rodata,
                         .flash_bytes = sizes.text + sizes.rodata + sizes.weights + sizes.data,
                         .ram_bytes = sizes.data + sizes.bss + sizes.arena,
                         .stack_bytes = run.printed("stack"),
                         .stack_reserved_bytes = sizes.reserved_stack};
    const std::vector<Record> records = records_of(run);
    VERGE_CHECK(take_records(model, records, hearing));
    count_instructions(records, run, static_cast<double>(samples.size()) / signal::kSampleRateHz,
                       hearing);
    return hearing;
}

}  // namespace verge::spotter
