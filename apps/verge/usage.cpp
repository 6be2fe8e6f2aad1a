#include "apps/verge/usage.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "apps/verge/options.hpp"
#include "platform/similar_name.hpp"

namespace verge::apps {
namespace {

namespace fs = std::filesystem;

/// A path that the call names, and the option that names it.
struct NamedPath {
    std::string path;
    std::string option;
};

std::string help_of(const CLI::App& app) {
    const CLI::App* parent = app.get_parent();
    const std::string call =
        parent == nullptr ? app.get_name() : parent->get_name() + " " + app.get_name();
    return "`" + call + " --help` shows how it is called";
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
    const std::string similar = platform::closest_name(word, candidates);
    return similar.empty() ? "" : "did you mean '" + similar + "'?";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::vector<std::string> verb_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(verb->get_name());
    }
    return names;
}

std::vector<std::string> option_names(const CLI::App& verb) {
    std::vector<std::string> names;
    for (const CLI::Option* option : verb.get_options()) {
        std::ranges::transform(option->get_lnames(), std::back_inserter(names),
                               [](const std::string& name) { return "--" + name; });
    }
    return names;
}

const CLI::App* verb_of(const CLI::App& app, const std::string& name) {
    const auto verbs = app.get_subcommands([](const CLI::App*) { return true; });
    const auto found = std::ranges::find(verbs, name, &CLI::App::get_name);
    return found == verbs.end() ? nullptr : *found;
}

/// The option that a word names, also as --name=value; nullptr for others.
const CLI::Option* option_of(const CLI::App& verb, const std::string& word) {
    if (word.size() < 2 || word[0] != '-') {
        return nullptr;
    }
    const std::string name = word.substr(0, word.find('='));
    return verb.get_option_no_throw(name);
}

std::vector<NamedPath> paths_of(const CLI::App& verb, std::span<const char* const> types) {
    std::vector<NamedPath> paths;
    for (const CLI::Option* option : verb.get_options()) {
        if (std::ranges::find(types, option->get_type_name()) == types.end()) {
            continue;
        }
        for (const std::string& path : option->results()) {
            paths.push_back({path, option->get_name()});
            const std::size_t equals = path.find('=');
            if (option->get_type_name() == kReadsNamed && equals != std::string::npos) {
                paths.push_back({path.substr(equals + 1), option->get_name()});
            }
        }
    }
    return paths;
}

std::vector<NamedPath> reads_of(const CLI::App& verb) {
    constexpr const char* kTypes[] = {kReads, kReadsNamed};
    return paths_of(verb, kTypes);
}

std::vector<NamedPath> writes_of(const CLI::App& verb) {
    constexpr const char* kTypes[] = {kWrites};
    return paths_of(verb, kTypes);
}

bool is_same_file(const std::string& a, const std::string& b) {
    std::error_code ignored;
    return fs::is_regular_file(a, ignored) && fs::equivalent(a, b, ignored);
}

Done check_no_empty_value(const CLI::App& verb) {
    for (const CLI::Option* option : verb.get_options()) {
        const auto& values = option->results();
        if (std::ranges::find(values, "") != values.end()) {
            return bad_input("the value of " + option->get_name() + " is empty", "a value",
                             "leave " + option->get_name() + " out where nothing is meant")
                .within(verb.get_name());
        }
    }
    return done();
}

std::vector<NamedPath> at_standard_stream(std::vector<NamedPath> paths) {
    std::erase_if(paths, [](const NamedPath& named) { return named.path != "-"; });
    return paths;
}

Done check_streams(const CLI::App& verb, bool wants_json) {
    const std::vector<NamedPath> in = at_standard_stream(reads_of(verb));
    if (in.size() > 1) {
        return bad_input(in[0].option + " - and " + in[1].option + " - together",
                         "standard input read once", "give a file for one of the two")
            .within(verb.get_name());
    }
    const std::vector<NamedPath> out = at_standard_stream(writes_of(verb));
    if (!out.empty() && (wants_json || out.size() > 1)) {
        return bad_input(out[0].option + " - and " +
                             (wants_json ? "--json" : out[1].option + " -") + " together",
                         "one thing on standard output",
                         "give " + out[0].option + " the name of a file")
            .within(verb.get_name());
    }
    return done();
}

Done check_no_overwriting(const CLI::App& verb) {
    for (const NamedPath& out : writes_of(verb)) {
        for (const NamedPath& in : reads_of(verb)) {
            if (is_same_file(out.path, in.path)) {
                return bad_input(out.option + " is the file that " + in.option + " reads",
                                 "another file", "what is read is not overwritten")
                    .within(out.path);
            }
        }
    }
    return done();
}

/// "--name: the rest" apart; no name: the whole.
std::pair<std::string, std::string> named_part(const std::string& text) {
    const std::size_t colon = text.find(": ");
    return colon == std::string::npos ? std::pair{std::string(), text}
                                      : std::pair{text.substr(0, colon), text.substr(colon + 2)};
}

Error unknown_word(const CLI::App& verb, const std::string& word) {
    if (word.size() < 2 || word[0] != '-') {
        return bad_input("'" + word + "' is one argument too many", "options begin with --",
                         help_of(verb));
    }
    const std::string name = word.substr(0, word.find('='));
    const std::string similar = did_you_mean(name, option_names(verb));
    return bad_input("there is no option '" + name + "'", "one of " + joined(option_names(verb)),
                     similar.empty() ? help_of(verb) : similar);
}

/// The word that should have been an option, or the first that is left over; empty: none is.
std::string left_over(const CLI::App& verb) {
    const std::vector<std::string> words = verb.remaining();
    const auto option = std::ranges::find_if(
        words, [](const std::string& word) { return word.size() > 1 && word[0] == '-'; });
    return option != words.end() ? *option : words.empty() ? "" : words[0];
}

Error explain_value(const std::string& text, const CLI::App& verb) {
    const auto [option, message] = named_part(text);
    const Finding finding = parse_finding(message);
    return bad_input(
        option + ": " + finding.found, finding.wanted,
        finding.similar.empty() ? help_of(verb) : "did you mean '" + finding.similar + "'?");
}

Error explain_count(const std::string& text, const CLI::App& verb) {
    const std::string option = named_part(text).first;
    if (option.empty()) {
        return bad_input(text, "as the help shows", help_of(verb));
    }
    return text.find("At Most") != std::string::npos
               ? bad_input(option + " is given more than once", "once", help_of(verb))
               : bad_input(option + " needs a value", option + " and its value", help_of(verb));
}

Error explain_in(const CLI::ParseError& error, const CLI::App& verb, const std::string& usage) {
    const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
    const std::string word = left_over(verb);
    if (kind == CLI::ExitCodes::ExtrasError ||
        (kind == CLI::ExitCodes::RequiredError && word.starts_with("-"))) {
        return unknown_word(verb, word);
    }
    const std::string text = error.what();
    if (kind == CLI::ExitCodes::RequiredError) {
        return bad_input(text.substr(0, text.find(' ')) + " is missing", usage, help_of(verb));
    }
    if (kind == CLI::ExitCodes::ValidationError) {
        return explain_value(text, verb);
    }
    if (kind == CLI::ExitCodes::ArgumentMismatch) {
        return explain_count(text, verb);
    }
    if (const std::size_t at = text.find(" excludes "); kind == CLI::ExitCodes::ExcludesError) {
        return bad_input(text.substr(0, at) + " and " + text.substr(at + 10) + " together",
                         "one of the two", help_of(verb));
    }
    return bad_input(text, usage, help_of(verb));
}

}  // namespace

Done check_words(const CLI::App& app, std::span<const std::string> words) {
    if (words.empty()) {
        return bad_input("no verb is given", "one of " + joined(verb_names(app)), help_of(app))
            .within("command line");
    }
    const std::string& name = words[0];
    if (name.starts_with('-')) {
        return done();
    }
    const CLI::App* verb = verb_of(app, name);
    if (verb == nullptr) {
        const std::string similar = did_you_mean(name, verb_names(app));
        return bad_input("there is no verb '" + name + "'", "one of " + joined(verb_names(app)),
                         similar.empty() ? help_of(app) : similar)
            .within("command line");
    }
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const CLI::Option* option = option_of(*verb, words[i]);
        const bool takes_value = option != nullptr && option->get_items_expected_min() > 0 &&
                                 words[i].find('=') == std::string::npos;
        if (takes_value && option_of(*verb, words[i + 1]) != nullptr) {
            return bad_input(words[i] + " needs a value, but '" + words[i + 1] + "' follows",
                             words[i] + " and its value", help_of(*verb))
                .within(name);
        }
    }
    return done();
}

Done check_call(const CLI::App& verb, bool wants_json) {
    VERGE_CHECK(check_no_empty_value(verb));
    VERGE_CHECK(check_streams(verb, wants_json));
    return check_no_overwriting(verb);
}

bool writes_standard_output(const CLI::App& verb) {
    return !at_standard_stream(writes_of(verb)).empty();
}

Error explain(const CLI::ParseError& error, const CLI::App& app, const std::string& usage) {
    const auto verbs = app.get_subcommands();
    const CLI::App& verb = verbs.empty() ? app : *verbs[0];
    const std::string place = verbs.empty() ? "command line" : verb.get_name();
    return explain_in(error, verb, usage.empty() ? app.get_name() + " VERB" : usage).within(place);
}

}  // namespace verge::apps
