// The options that name a model, alike for all verbs.

#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/feature_input.hpp"

namespace verge::spotter {

void add_model_options(CLI::App& app, ModelFiles& files) {
    app.add_option("--model", files.model,
                   "a keyword model; labels.txt and settings.json beside it are read");
    app.add_option("--labels", files.labels, "the names of its classes, one a line");
    app.add_option("--settings", files.settings, "how to listen, as settings.json");
    app.add_option("--frontend", files.front_end,
                   "the features it was trained with: " + apps::front_end_names());
}

}  // namespace verge::spotter
