#include "apps/verge/model.hpp"

#include "apps/verge/boards.hpp"
#include "platform/clock.hpp"
#include "platform/file.hpp"

namespace verge::apps {
namespace {

bool starts_as_plan(std::span<const std::byte> bytes) {
    std::uint32_t magic = 0;
    if (bytes.size() < sizeof magic) {
        return false;
    }
    std::memcpy(&magic, bytes.data(), sizeof magic);
    return magic == plan::kMagic;
}

template <typename T>
Outcome<T> within(Outcome<T> outcome, const std::string& path) {
    return outcome.ok() ? std::move(outcome) : Outcome<T>(std::move(outcome).error().within(path));
}

}  // namespace

std::uint64_t now_ns() {
    return platform::MonotonicClock().now_ns();
}

Outcome<Place> find_place(const std::string& name) {
    if (const Board* board = find_board(name)) {
        VERGE_ASSIGN(const compiler::Target target, compiler::find_target(board->target));
        return Place{target, name, board->ram_bytes, board->flash_bytes};
    }
    VERGE_ASSIGN(const compiler::Target target, compiler::find_target(name));
    return Place{target, ""};
}

Outcome<bool> is_plan(const std::string& path) {
    VERGE_ASSIGN(const platform::MappedFile file, platform::MappedFile::open(path));
    return starts_as_plan(file.bytes());
}

Outcome<graph::Graph> load_graph(const std::string& path) {
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    const auto owner = std::make_shared<platform::MappedFile>(std::move(file));
    return within(compiler::import_model(owner->bytes(), owner), path);
}

Outcome<std::vector<std::byte>> load_plan(const std::string& path, const compiler::Target& target) {
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    if (starts_as_plan(file.bytes())) {
        return std::vector<std::byte>(file.bytes().begin(), file.bytes().end());
    }
    const auto owner = std::make_shared<platform::MappedFile>(std::move(file));
    VERGE_ASSIGN(graph::Graph graph, within(compiler::import_model(owner->bytes(), owner), path));
    VERGE_ASSIGN(compiler::Compiled compiled, within(compiler::compile(std::move(graph), {.target = target}), path));
    return std::move(compiled.plan);
}

}  // namespace verge::apps
