#include "apps/verge/model.hpp"

#include <algorithm>
#include <iterator>

#include "apps/verge/boards.hpp"
#include "platform/clock.hpp"
#include "platform/file.hpp"
#include "platform/similar_name.hpp"

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
    auto target = compiler::find_target(name);
    if (target.ok()) {
        return Place{target.value(), ""};
    }
    Error error = std::move(target).error();
    std::vector<std::string> names = {"host"};
    std::ranges::transform(compiler::all_targets(), std::back_inserter(names),
                           [](const compiler::Target& one) { return std::string(one.name); });
    std::ranges::transform(all_boards(), std::back_inserter(names),
                           [](const Board& one) { return std::string(one.name); });
    for (const Board& board : all_boards()) {
        error.wanted += ", " + std::string(board.name);
    }
    if (const std::string similar = platform::closest_name(name, names); !similar.empty()) {
        error.remedy = "did you mean '" + similar + "'? `verge boards` lists the boards";
    }
    return error;
}

Outcome<ModelFile> open_model(const std::string& path) {
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    const bool is_plan = starts_as_plan(file.bytes());
    return ModelFile{path, std::make_shared<const platform::MappedFile>(std::move(file)), is_plan};
}

Outcome<graph::Graph> load_graph(const std::string& path) {
    VERGE_ASSIGN(platform::MappedFile file, platform::MappedFile::open(path));
    const auto owner = std::make_shared<platform::MappedFile>(std::move(file));
    return within(compiler::import_model(owner->bytes(), owner), path);
}

Outcome<std::vector<std::byte>> plan_of(const ModelFile& model, const compiler::Target& target) {
    const std::span<const std::byte> bytes = model.file->bytes();
    if (model.is_plan) {
        return std::vector<std::byte>(bytes.begin(), bytes.end());
    }
    VERGE_ASSIGN(graph::Graph graph, within(compiler::import_model(bytes, model.file), model.path));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 within(compiler::compile(std::move(graph), {.target = target}), model.path));
    return std::move(compiled.plan);
}

Outcome<std::vector<std::byte>> load_plan(const std::string& path, const compiler::Target& target) {
    VERGE_ASSIGN(const ModelFile model, open_model(path));
    return plan_of(model, target);
}

}  // namespace verge::apps
