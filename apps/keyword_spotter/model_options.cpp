// The options that name a model, alike for all verbs.

#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/feature_input.hpp"
#include "apps/verge/options.hpp"

namespace verge::spotter {

void add_model_options(CLI::App& app, ModelFiles& files) {
    app.add_option("--model", files.model,
                   "a keyword model; labels.txt and settings.json beside it are read")
        ->type_name(apps::kReads);
    app.add_option("--labels", files.labels, "the names of its classes, one a line")
        ->type_name(apps::kReads);
    app.add_option("--settings", files.settings, "how to listen, as settings.json");
    app.add_option("--frontend", files.front_end,
                   "the features it was trained with: " + apps::front_end_names());
    app.add_flag("--stream", files.streams,
                 "compile the model so that it takes the new frames only; it says the same");
}

}  // namespace verge::spotter
