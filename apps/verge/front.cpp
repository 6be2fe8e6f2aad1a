#include "apps/verge/front.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include "apps/verge/help.hpp"
#include "apps/verge/usage.hpp"
#include "platform/interrupt.hpp"

namespace verge::apps {
namespace {

constexpr int kDone = 0;
constexpr int kNo = 1;
constexpr int kBadUse = 2;

struct Prepared {
    CLI::App* app = nullptr;
    std::function<Outcome<Answer>()> act;
    bool wants_json = false;
};

/// False when the stream takes no more, as a full disk does.
bool print(std::FILE* stream, const std::string& text) {
    bool is_done = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
    if (!text.empty() && text.back() != '\n') {
        is_done = std::fputc('\n', stream) != EOF && is_done;
    }
    return std::fflush(stream) == 0 && is_done;
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

/// The program that runs, and how it answers.
class Front {
public:
    explicit Front(const Program& program) : program_(program) {}

    int parse_and_act(const std::vector<std::string>& words) const;
    int report_no_memory(bool wants_json) const;
    int report_bug(const std::exception& error, bool wants_json) const;

private:
    int report(const Error& error, bool wants_json) const;
    int explain_full_output() const;
    int finish(const Outcome<Answer>& answer, const Prepared& verb) const;
    void add_verbs(CLI::App& app, std::vector<Prepared>& prepared) const;
    int show(const CLI::App& app, const CLI::ParseError& what) const;
    std::string usage_of(const CLI::App& app) const;
    int act(const Prepared& verb) const;

    const Program& program_;
};

int Front::report(const Error& error, bool wants_json) const {
    if (wants_json) {
        print(stdout, text_of(error_json(error)));
    }
    print(stderr, program_.name + (": " + error.message()));
    return error.code == Code::refused ? kNo : kBadUse;
}

int Front::explain_full_output() const {
    return report(Error{Code::io, "it takes no more: the answer is not whole",
                        "room for the answer", "see whether the disk is full"}
                      .within("standard output"),
                  false);
}

/// A verb that writes a file to standard output has its words on standard error.
int Front::finish(const Outcome<Answer>& answer, const Prepared& verb) const {
    if (!answer.ok()) {
        return report(answer.error(), verb.wants_json);
    }
    if (writes_standard_output(*verb.app)) {
        print(stderr, answer.value().text);
    } else if (!print(stdout,
                      verb.wants_json ? text_of(answer.value().json) : answer.value().text)) {
        return explain_full_output();
    }
    return answer.value().is_no ? kNo : kDone;
}

void Front::add_verbs(CLI::App& app, std::vector<Prepared>& prepared) const {
    prepared.resize(program_.verbs.size());
    for (std::size_t i = 0; i < program_.verbs.size(); ++i) {
        const Verb& verb = program_.verbs[i];
        CLI::App* sub = app.add_subcommand(verb.name, verb.purpose);
        sub->formatter(std::make_shared<VerbHelp>(verb.usage, verb.example));
        prepared[i].app = sub;
        prepared[i].act = verb.prepare(*sub);
        sub->add_flag("--json", prepared[i].wants_json,
                      "one JSON object on standard output, nothing else there")
            ->group("General");
        sub->set_help_flag("-h,--help", "this text")->group("General");
    }
}

/// The help, or the version; a full disk is an error here too.
int Front::show(const CLI::App& app, const CLI::ParseError& what) const {
    const int code = app.exit(what);
    return std::cout.flush() ? code : explain_full_output();
}

std::string Front::usage_of(const CLI::App& app) const {
    const auto verbs = app.get_subcommands();
    const auto found = std::ranges::find_if(program_.verbs, [&](const Verb& verb) {
        return !verbs.empty() && verbs[0]->get_name() == verb.name;
    });
    return found == program_.verbs.end() ? "" : found->usage;
}

int Front::act(const Prepared& verb) const {
    if (const Done sound = check_call(*verb.app, verb.wants_json); !sound.ok()) {
        return report(sound.error(), verb.wants_json);
    }
    return finish(verb.act(), verb);
}

bool has_json(const std::vector<std::string>& words) {
    return std::ranges::find(words, "--json") != words.end();
}

int Front::parse_and_act(const std::vector<std::string>& words) const {
    CLI::App app(program_.purpose, program_.name);
    app.set_version_flag("--version", VERGE_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);
    app.footer(std::string("`") + program_.name + " VERB --help` shows how a verb is called.");
    std::vector<Prepared> prepared;
    add_verbs(app, prepared);
    if (const Done sound = check_words(app, words); !sound.ok()) {
        return report(sound.error(), has_json(words));
    }
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        return error.get_exit_code() == 0
                   ? show(app, error)
                   : report(explain(error, app, usage_of(app)), has_json(words));
    }
    const auto verb =
        std::ranges::find_if(prepared, [](const Prepared& one) { return one.app->parsed(); });
    return verb == prepared.end() ? kBadUse : act(*verb);
}

int Front::report_no_memory(bool wants_json) const {
    return report(Error{Code::io, "the system does not give as much memory as this needs",
                        "a machine with more free memory",
                        "end other programs, or take a smaller model or input"},
                  wants_json);
}

int Front::report_bug(const std::exception& error, bool wants_json) const {
    return report(Error{Code::io, std::string("something unforeseen happened: ") + error.what(),
                        "that it never happens", "report it with this call and its files"},
                  wants_json);
}

}  // namespace

int run_program(const Program& program, const std::vector<std::string>& words) {
    const Front front(program);
    try {
        const auto watch = platform::InterruptWatch::start();
        return front.parse_and_act(words);
    } catch (const std::bad_alloc&) {
        return front.report_no_memory(has_json(words));
    } catch (const std::exception& error) {
        return front.report_bug(error, has_json(words));
    }
}

}  // namespace verge::apps
