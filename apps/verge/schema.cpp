// verge schema: the JSON Schema of what a verb prints with --json.

#include <array>
#include <string_view>

#include "apps/verge/schemas.hpp"
#include "apps/verge/verb.hpp"
#include "platform/similar_name.hpp"

namespace verge::apps {
namespace {

Outcome<Answer> act(const std::string& verb) {
    std::vector<std::string> names;
    for (const auto& [name, text] : schemas()) {
        if (name == verb) {
            return Answer{Json::parse(text), std::string(text), false};
        }
        names.emplace_back(name);
    }
    std::string all;
    for (const std::string& name : names) {
        all += (all.empty() ? "" : ", ") + name;
    }
    const std::string similar = platform::closest_name(verb, names);
    return bad_input("there is no verb '" + verb + "'", "one of " + all,
                     similar.empty() ? "" : "did you mean '" + similar + "'?");
}

}  // namespace

std::function<Outcome<Answer>()> prepare_schema(CLI::App& app) {
    auto verb = std::make_shared<std::string>();
    app.add_option("VERB", *verb, "the verb whose answer is meant")->required();
    return [verb] { return act(*verb); };
}

}  // namespace verge::apps
