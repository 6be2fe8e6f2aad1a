// verge: the one front command. Parses, calls the verb, prints its answer; exit codes are 0 done,
// 1 the answer is no, 2 wrong usage or bad input.

#include <array>
#include <cstdio>
#include <exception>
#include <iterator>
#include <new>

#include "apps/verge/verb.hpp"
#include "platform/interrupt.hpp"

namespace verge::apps {
namespace {

constexpr int kDone = 0;
constexpr int kNo = 1;
constexpr int kBadUse = 2;

constexpr std::array kVerbs = {
#define VERGE_VERB(name, purpose, usage, example) \
    Verb{#name, purpose, usage, example, &prepare_##name},
#include "apps/verge/verbs.inc"
#undef VERGE_VERB
};

struct Prepared {
    CLI::App* app = nullptr;
    std::function<Outcome<Answer>()> act;
    bool wants_json = false;
};

void print(std::FILE* stream, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    if (!text.empty() && text.back() != '\n') {
        std::fputc('\n', stream);
    }
}

Json error_json(const Error& error) {
    return {{"error",
             {{"what", error.what},
              {"where", error.where},
              {"wanted", error.wanted},
              {"do", error.remedy}}}};
}

/// Names in models may be any bytes; what is no UTF-8 is shown as a question mark in a box.
std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

int report(const Error& error, bool wants_json) {
    if (wants_json) {
        print(stdout, text_of(error_json(error)));
    }
    print(stderr, "verge: " + error.message());
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
        const Verb& verb = kVerbs[i];
        CLI::App* sub = app.add_subcommand(verb.name, verb.purpose);
        sub->footer(std::string("Usual call:\n  ") + verb.usage + "\nExample:\n  " + verb.example);
        sub->add_flag("--json", prepared[i].wants_json,
                      "one JSON object on standard output, nothing else there");
        prepared[i].app = sub;
        prepared[i].act = verb.prepare(*sub);
    }
}

bool has_json(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--json") {
            return true;
        }
    }
    return false;
}

int parse_and_act(int argc, char** argv) {
    CLI::App app("Verge carries machine-learning models to the edge.", "verge");
    app.set_version_flag("--version", VERGE_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);
    std::vector<Prepared> prepared;
    add_verbs(app, prepared);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error);
        }
        const bool has_verb = !app.get_subcommands().empty();
        const std::string help =
            has_verb ? "verge " + app.get_subcommands()[0]->get_name() + " --help" : "verge --help";
        return report(bad_input(error.what(), "", "`" + help + "` shows how it is called"),
                      has_json(argc, argv));
    }
    for (const Prepared& verb : prepared) {
        if (verb.app->parsed()) {
            return finish(verb.act(), verb.wants_json);
        }
    }
    return kBadUse;
}

int report_no_memory(bool wants_json) {
    return report(Error{Code::io, "the system does not give as much memory as this needs",
                        "a machine with more free memory",
                        "end other programs, or take a smaller model or input"},
                  wants_json);
}

int report_bug(const std::exception& error, bool wants_json) {
    return report(Error{Code::io, std::string("something unforeseen happened: ") + error.what(),
                        "that it never happens", "report it with this call and its files"},
                  wants_json);
}

}  // namespace
}  // namespace verge::apps

int main(int argc, char** argv) {
    try {
        const auto watch = verge::platform::InterruptWatch::start();
        return verge::apps::parse_and_act(argc, argv);
    } catch (const std::bad_alloc&) {
        return verge::apps::report_no_memory(verge::apps::has_json(argc, argv));
    } catch (const std::exception& error) {
        return verge::apps::report_bug(error, verge::apps::has_json(argc, argv));
    }
}
