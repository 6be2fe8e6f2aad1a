#pragma once
// What every verb of the command line has in common: options in, one answer out, as text for people
// or as one JSON object.

#include <functional>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/outcome.hpp"

namespace verge::apps {

using Json = nlohmann::ordered_json;

/// What a verb found. `is_no`: the question was answered with no (exit code 1); then the JSON holds
/// `reasons`.
struct Answer {
    Json json = Json::object();
    std::string text;
    bool is_no = false;
};

/// A verb: adds its options to `app` and returns what to do once they are parsed.
struct Verb {
    const char* name;
    const char* purpose;
    /// `example` is a call that works; it ends the help.
    const char* usage;
    const char* example;
    std::function<Outcome<Answer>()> (*prepare)(CLI::App& app);
};

#define VERGE_VERB(name, purpose, usage, example) \
    std::function<Outcome<Answer>()> prepare_##name(CLI::App& app);
#include "apps/verge/verbs.inc"
#undef VERGE_VERB

/// "22 832 bytes" reads better than "22832": groups of three.
[[nodiscard]] std::string grouped(std::uint64_t number);

/// A size with K or M (1024), as --ram and --flash take it: "256K", "2M", "4096".
Outcome<std::uint64_t> parse_size(const std::string& text);

}  // namespace verge::apps
