#include "compiler/passes/standard.hpp"

#include <array>

#include "compiler/passes/fold_constants.hpp"
#include "compiler/passes/fuse_activation.hpp"
#include "compiler/passes/fuse_batch_norm.hpp"
#include "compiler/passes/fuse_bias.hpp"
#include "compiler/passes/fuse_pad.hpp"
#include "compiler/passes/merge_lookups.hpp"
#include "compiler/passes/order_for_peak.hpp"
#include "compiler/passes/remove_copies.hpp"
#include "compiler/passes/remove_dead_channels.hpp"
#include "compiler/passes/remove_dead_code.hpp"
#include "compiler/passes/remove_noops.hpp"

namespace verge::compiler {
namespace {

constexpr std::array kPasses = {
    Pass{"fold_constants", fold_constants},
    Pass{"remove_noops", remove_noops},
    Pass{"remove_copies", remove_copies},
    Pass{"fuse_pad", fuse_pad},
    Pass{"fuse_bias", fuse_bias},
    Pass{"fuse_batch_norm", fuse_batch_norm},
    Pass{"merge_lookups", merge_lookups},
    Pass{"fuse_activation", fuse_activation},
    Pass{"remove_dead_channels", remove_dead_channels},
    Pass{"remove_dead_code", remove_dead_code},
    Pass{"order_for_peak", order_for_peak},
};

}  // namespace

std::span<const Pass> standard_passes() {
    return kPasses;
}

}  // namespace verge::compiler
