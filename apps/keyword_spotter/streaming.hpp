#pragma once
// Models that take the new frames of a turn instead of the whole window. Hosted.

#include "apps/keyword_spotter/listening.hpp"
#include "base/outcome.hpp"
#include "compiler/compile.hpp"

namespace verge::spotter {

/// The plan of a model for a target, streamed where its settings say so. The Error says what cannot
/// be streamed and why.
Outcome<compiler::Compiled> compile_model(const Model& model, const compiler::Target& target);

/// Makes a fitted window model one that takes `stride_frames` new frames a turn and says the same
/// from the turn that fills the window on.
Done stream_model(Model& model, const compiler::Target& target);

}  // namespace verge::spotter
