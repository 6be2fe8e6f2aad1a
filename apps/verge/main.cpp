// verge: the one front command.

#include <algorithm>
#include <array>

#include "apps/verge/front.hpp"

namespace verge::apps {
namespace {

constexpr std::array kVerbs = {
#define VERGE_VERB(name, purpose, usage, example) \
    Verb{#name, purpose, usage, example, &prepare_##name},
#include "apps/verge/verbs.inc"
#undef VERGE_VERB
};

}  // namespace
}  // namespace verge::apps

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    return verge::apps::run_program(
        {"verge", "Verge carries machine-learning models to the edge.", verge::apps::kVerbs},
        words);
}
