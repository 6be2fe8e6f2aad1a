#include "compiler/passes/run.hpp"

#include <algorithm>

#include "compiler/passes/verify_rules.hpp"

namespace verge::compiler {
namespace {

Done check_names(std::span<const Pass> passes, const std::vector<std::string>& disabled) {
    for (const std::string& name : disabled) {
        if (std::ranges::find(passes, name, &Pass::name) == passes.end()) {
            std::string known;
            for (const Pass& pass : passes) {
                known += (known.empty() ? "" : ", ") + std::string(pass.name);
            }
            return bad_input("there is no pass '" + name + "'", "one of " + known);
        }
    }
    return done();
}

}  // namespace

Outcome<std::vector<PassReport>> run_passes(graph::Graph& graph,
                                            std::span<const Pass> passes,
                                            const PassOptions& options) {
    VERGE_CHECK(check_names(passes, options.disabled));
    VERGE_CHECK(verify_rules(graph));
    const auto now = [&] { return options.now_ns ? options.now_ns() : 0; };
    std::vector<PassReport> reports;
    for (const Pass& pass : passes) {
        if (std::ranges::find(options.disabled, pass.name) != options.disabled.end()) {
            continue;
        }
        const std::int64_t start = now();
        const bool has_changed = pass.run(graph);
        reports.push_back(
            {std::string(pass.name), has_changed, static_cast<double>(now() - start) / 1e6});
        if (has_changed && options.dump) {
            options.dump(pass.name, graph);
        }
        if (auto verified = verify_rules(graph); !verified.ok()) {
            return std::move(verified).error().within("after pass " + std::string(pass.name));
        }
    }
    return reports;
}

}  // namespace verge::compiler
