// keyword_spotter: hears words and switches a lamp, on this machine and on emulated boards.

#include <algorithm>
#include <array>
#include <string_view>

#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/front.hpp"

namespace verge::spotter {
namespace {

constexpr std::array kVerbs = {
#define VERGE_VERB(name, purpose, usage, example) \
    apps::Verb{#name, purpose, usage, example, &prepare_##name},
#include "apps/keyword_spotter/verbs.inc"
#undef VERGE_VERB
};

/// Without a verb in front it is `hear`; a file that is named like one is written ./listen.
std::vector<std::string> with_verb(std::vector<std::string> words) {
    constexpr std::string_view kGeneral[] = {"--help", "-h", "--version"};
    const bool is_own =
        words.empty() || std::ranges::find(kGeneral, words[0]) != std::end(kGeneral);
    const bool has_verb = !words.empty() && std::ranges::any_of(kVerbs, [&](const auto& verb) {
        return words[0] == verb.name;
    });
    if (!is_own && !has_verb) {
        words.insert(words.begin(), kVerbs[0].name);
    }
    return words;
}

}  // namespace
}  // namespace verge::spotter

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    return verge::apps::run_program(
        {"keyword_spotter", "Hears words and switches a lamp. Without a verb it is `hear`.",
         verge::spotter::kVerbs},
        verge::spotter::with_verb(std::move(words)));
}
