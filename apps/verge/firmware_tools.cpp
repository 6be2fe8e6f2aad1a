#include "apps/verge/firmware_tools.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "apps/verge/tensors.hpp"
#include "platform/file.hpp"
#include "platform/machine.hpp"

namespace verge::apps {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBuildTimeoutMs = 1'200'000;
constexpr std::size_t kShownBytes = 2000;  // of what a failed tool said

/// The Debian packages of the tools that firmware needs.
struct Package {
    std::string_view tool;
    std::string_view packages;
};

constexpr Package kPackages[] = {
    {"arm-none-eabi-g++", "gcc-arm-none-eabi libnewlib-dev libstdc++-arm-none-eabi-dev"},
    {"riscv64-unknown-elf-g++",
     "gcc-riscv64-unknown-elf libnewlib-dev libstdc++-arm-none-eabi-dev"},
    {"qemu-system-arm", "qemu-system-arm"},
    {"qemu-system-riscv32", "qemu-system-misc"},
    {"cmake", "cmake"},
    {"ninja", "ninja-build"},
    {"flock", "util-linux"},
    {"cc", "gcc"},
};

Outcome<std::string> find_tool(std::string_view tool) {
    auto found = platform::find_program(tool);
    if (found.ok()) {
        return found;
    }
    Error error = std::move(found).error();
    for (const Package& package : kPackages) {
        if (package.tool == tool) {
            error.remedy = "install it: apt-get install --no-install-recommends " +
                           std::string(package.packages);
        }
    }
    return error;
}

bool is_riscv(const Board& board) {
    return board.target.starts_with("rv");
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? "" : value;
}

/// The cache for this source tree; created.
Outcome<std::string> cache_of(const std::string& source) {
    std::string cache = variable("VERGE_CACHE");
    if (cache.empty()) {
        VERGE_ASSIGN(cache, platform::cache_folder());
    }
    const std::uint32_t id = fnv1a(std::as_bytes(std::span(source)));
    std::error_code failure;
    const fs::path folder = fs::absolute(cache, failure) / ("firmware-" + std::to_string(id));
    fs::create_directories(folder, failure);
    if (failure) {
        return Error{Code::io, "the cache cannot be created: " + failure.message(),
                     "a folder to write to", "set VERGE_CACHE"}
            .within(folder.string());
    }
    return folder.string();
}

/// Waits for whoever else builds in `folder`.
std::vector<std::string> locked(const std::string& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"flock", folder + ".lock"});
    return arguments;
}

Outcome<Recipe> read_recipe(const std::string& path) {
    VERGE_ASSIGN(const std::string text, platform::read_text_file(path));
    Recipe recipe;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.find(' ');
        const std::string kind = line.substr(0, space);
        auto* list = &recipe.libraries;
        if (kind != "library") {
            list = kind == "compile" ? &recipe.compile : &recipe.link;
        }
        list->push_back(space == std::string::npos ? "" : line.substr(space + 1));
    }
    return recipe;
}

Done configure(const Board& board, const std::string& source, const std::string& folder) {
    std::fprintf(stderr, "verge: building the libraries for %s, once (a minute or two)\n",
                 std::string(board.target).c_str());
    VERGE_CHECK(run_tool({.arguments = locked(folder, {"cmake", "--preset",
                                                       std::string(board.target), "-B", folder}),
                          .folder = source,
                          .timeout_ms = kBuildTimeoutMs}));
    return done();
}

}  // namespace

Outcome<std::string> source_tree() {
    std::vector<fs::path> places = {variable("VERGE_SOURCE"), VERGE_SOURCE_DIR};
    if (const auto program = platform::executable_path(); program.ok()) {
        places.push_back(fs::path(program.value()).parent_path().parent_path() / "share" / "verge");
    }
    for (const fs::path& place : places) {
        std::error_code failure;
        if (!place.empty() && fs::exists(place / "ports" / "boards.inc", failure)) {
            return place.string();
        }
    }
    return Error{Code::io, "the sources of the firmware are not where this program was built", "",
                 "set VERGE_SOURCE to the source tree of verge"};
}

Outcome<platform::ProcessResult> run_tool(const platform::Command& command) {
    VERGE_ASSIGN(platform::ProcessResult result, platform::run_process(command));
    if (result.exit_code == 0) {
        return result;
    }
    const std::string said = result.out + result.err;
    const std::string tail =
        said.size() > kShownBytes ? said.substr(said.size() - kShownBytes) : said;
    const std::string how =
        result.timed_out ? "it took too long" : "it ended with " + std::to_string(result.exit_code);
    return Error{Code::io, how + "; it said:\n" + tail, {}, {}}.within(command.arguments[0]);
}

Outcome<Recipe> prepare_libraries(const Board& board) {
    for (const char* tool : {"cmake", "ninja", "flock"}) {
        VERGE_CHECK(find_tool(tool));
    }
    VERGE_CHECK(find_tool(is_riscv(board) ? "riscv64-unknown-elf-g++" : "arm-none-eabi-g++"));
    VERGE_ASSIGN(const std::string source, source_tree());
    VERGE_ASSIGN(const std::string cache, cache_of(source));
    const std::string folder = cache + "/" + std::string(board.target);
    if (!fs::exists(folder + "/build.ninja")) {
        VERGE_CHECK(configure(board, source, folder));
    }
    VERGE_CHECK(run_tool({.arguments = locked(folder, {"ninja", "-C", folder, "verge_tiny",
                                                       "verge_port", "verge_mem"}),
                          .timeout_ms = kBuildTimeoutMs}));
    return read_recipe(folder + "/firmware_" + std::string(board.name) + ".txt");
}

Outcome<std::string> prepare_counter() {
    VERGE_CHECK(find_tool("cc"));
    VERGE_ASSIGN(const std::string source, source_tree());
    VERGE_ASSIGN(const std::string cache, cache_of(source));
    VERGE_ASSIGN(const std::string text, platform::read_text_file(source + "/ports/qemu/count.c"));
    const std::uint32_t id = fnv1a(std::as_bytes(std::span(text)));
    const std::string plugin = cache + "/count-" + std::to_string(id) + ".so";
    if (!fs::exists(plugin)) {
        VERGE_ASSIGN(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
        const std::string made = folder.path() + "/count.so";
        VERGE_CHECK(run_tool({.arguments = {"cc", "-shared", "-fPIC", "-O2", "-o", made,
                                            source + "/ports/qemu/count.c"},
                              .timeout_ms = kBuildTimeoutMs}));
        VERGE_ASSIGN(const std::vector<std::byte> bytes, platform::read_file(made));
        VERGE_CHECK(platform::write_file_atomically(plugin, bytes));
    }
    return plugin;
}

Outcome<std::string> find_qemu(const Board& board) {
    return find_tool(is_riscv(board) ? "qemu-system-riscv32" : "qemu-system-arm");
}

}  // namespace verge::apps
