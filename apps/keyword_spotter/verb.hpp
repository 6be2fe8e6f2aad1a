#pragma once
// The verbs of keyword_spotter; they give their answers as those of `verge` do.

#include <functional>

#include "apps/keyword_spotter/listening.hpp"
#include "apps/verge/verb.hpp"

namespace verge::spotter {

using apps::Answer;
using apps::Json;

inline constexpr const char* kDefaultModel =
    VERGE_SOURCE_DIR "/models/keywords_yes_no/keywords_yes_no.tflite";

/// --model, --labels, --settings and --frontend, for the verbs that listen.
void add_model_options(CLI::App& app, ModelFiles& files);

/// What a verb does once its options are parsed.
using Act = std::function<Outcome<Answer>()>;

/// Each adds the options of its verb to `app`.
#define VERGE_VERB(name, purpose, usage, example) Act prepare_##name(CLI::App& app);
#include "apps/keyword_spotter/verbs.inc"
#undef VERGE_VERB

}  // namespace verge::spotter
