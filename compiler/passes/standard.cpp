#include "compiler/passes/standard.hpp"

#include <array>

#include "compiler/passes/remove_dead_code.hpp"

namespace verge::compiler {
namespace {

constexpr std::array kPasses = {
    Pass{"remove_dead_code", remove_dead_code},
};

}  // namespace

std::span<const Pass> standard_passes() {
    return kPasses;
}

}  // namespace verge::compiler
