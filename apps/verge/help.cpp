#include "apps/verge/help.hpp"

namespace verge::apps {

VerbHelp::VerbHelp(std::string usage, std::string example)
    : usage_(std::move(usage)), example_(std::move(example)) {
    column_width(34);
    label("Positionals", "Arguments");
}

std::string VerbHelp::make_help(const CLI::App* app,
                                std::string name,
                                CLI::AppFormatMode mode) const {
    if (mode == CLI::AppFormatMode::Sub) {
        return Formatter::make_help(app, std::move(name), mode);
    }
    std::string options = make_positionals(app) + make_groups(app, mode);
    for (std::size_t at = options.find("\n\n\n"); at != std::string::npos;
         at = options.find("\n\n\n")) {
        options.erase(at, 1);
    }
    return app->get_parent()->get_name() + " " + app->get_name() + " " + app->get_description() +
           "\n\nUsual call:\n  " + usage_ + "\n" + options + "\nExample:\n  " + example_ + "\n";
}

std::string VerbHelp::make_option_opts(const CLI::Option* option) const {
    const bool shows_type = option->get_type_size() != 0 && option->nonpositional();
    const std::string type = shows_type ? option->get_type_name() : "";
    const bool is_many = option->get_expected_max() == CLI::detail::expected_max_vector_size;
    return (type.empty() ? "" : " " + type) + (is_many ? " ..." : "");
}

std::string VerbHelp::make_option_desc(const CLI::Option* option) const {
    const std::string standard = option->get_default_str();
    return option->get_description() + (option->get_required() ? " (needed)" : "") +
           (standard.empty() ? "" : " (default: " + standard + ")");
}

}  // namespace verge::apps
