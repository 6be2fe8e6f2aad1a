#pragma once
// The help of a verb: its purpose, the usual call, options in groups with what they are when they
// are left out, and an example that works.

#include <string>

#include <CLI/CLI.hpp>

namespace verge::apps {

class VerbHelp final : public CLI::Formatter {
public:
    VerbHelp(std::string usage, std::string example);

    [[nodiscard]] std::string make_help(const CLI::App* app,
                                        std::string name,
                                        CLI::AppFormatMode mode) const override;

    [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override;

    [[nodiscard]] std::string make_option_desc(const CLI::Option* option) const override;

private:
    std::string usage_;
    std::string example_;
};

}  // namespace verge::apps
