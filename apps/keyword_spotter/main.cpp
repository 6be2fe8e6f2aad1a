// keyword_spotter: hears words and switches a lamp. Parses, calls the verb, prints its answer; exit
// codes are 0 done, 1 the answer is no, 2 wrong usage or bad input.

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>

#include "apps/keyword_spotter/verb.hpp"
#include "platform/interrupt.hpp"

namespace verge::spotter {
namespace {

constexpr int kDone = 0;
constexpr int kNo = 1;
constexpr int kBadUse = 2;

constexpr std::array kVerbs = {
#define VERGE_VERB(name, purpose, usage, example) \
    apps::Verb{#name, purpose, usage, example, &prepare_##name},
#include "apps/keyword_spotter/verbs.inc"
#undef VERGE_VERB
};

struct Prepared {
    CLI::App* app = nullptr;
    Act act;
    bool wants_json = false;
};

void print(std::FILE* stream, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    if (!text.empty() && text.back() != '\n') {
        std::fputc('\n', stream);
    }
}

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

int report(const Error& error, bool wants_json) {
    if (wants_json) {
        print(stdout, text_of({{"error",
                                {{"what", error.what},
                                 {"where", error.where},
                                 {"wanted", error.wanted},
                                 {"do", error.remedy}}}}));
    }
    print(stderr, "keyword_spotter: " + error.message());
    return error.code == Code::refused ? kNo : kBadUse;
}

int finish(const Outcome<Answer>& answer, bool wants_json) {
    if (!answer.ok()) {
        return report(answer.error(), wants_json);
    }
    print(stdout, wants_json ? text_of(answer.value().json) : answer.value().text);
    return answer.value().is_no ? kNo : kDone;
}

void add_verbs(CLI::App& app, std::vector<Prepared>& prepared) {
    prepared.resize(kVerbs.size());
    for (std::size_t i = 0; i < kVerbs.size(); ++i) {
        const apps::Verb& verb = kVerbs[i];
        CLI::App* sub = app.add_subcommand(verb.name, verb.purpose);
        sub->footer(std::string("Usual call:\n  ") + verb.usage + "\nExample:\n  " + verb.example);
        sub->add_flag("--json", prepared[i].wants_json,
                      "one JSON object on standard output, nothing else there");
        prepared[i].app = sub;
        prepared[i].act = verb.prepare(*sub);
    }
}

/// Without a verb in front it is `hear`; a file that is named like one is written ./listen.
std::vector<std::string> with_verb(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    const bool asks_for_help = !words.empty() && (words[0] == "--help" || words[0] == "-h");
    const bool has_verb = !words.empty() && std::ranges::any_of(kVerbs, [&](const auto& verb) {
        return words[0] == verb.name;
    });
    if (!words.empty() && !asks_for_help && !has_verb) {
        words.insert(words.begin(), kVerbs[0].name);
    }
    return words;
}

int parse_and_act(std::vector<std::string> words) {
    CLI::App app("Hears words and switches a lamp. Without a verb it is `hear`.",
                 "keyword_spotter");
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);
    std::vector<Prepared> prepared;
    add_verbs(app, prepared);
    const bool has_json = std::ranges::find(words, "--json") != words.end();
    try {
        std::ranges::reverse(words);  // as CLI11 takes them
        app.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error);
        }
        const bool has_verb = !app.get_subcommands().empty();
        const std::string verb = has_verb ? app.get_subcommands()[0]->get_name() + " " : "";
        return report(bad_input(error.what(), "",
                                "`keyword_spotter " + verb + "--help` shows how it is called"),
                      has_json);
    }
    for (const Prepared& verb : prepared) {
        if (verb.app->parsed()) {
            return finish(verb.act(), verb.wants_json);
        }
    }
    return kBadUse;
}

}  // namespace
}  // namespace verge::spotter

int main(int argc, char** argv) {
    try {
        const auto watch = verge::platform::InterruptWatch::start();
        return verge::spotter::parse_and_act(verge::spotter::with_verb(argc, argv));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "keyword_spotter: out of memory or a bug: %s\n", error.what());
        return 2;
    }
}
