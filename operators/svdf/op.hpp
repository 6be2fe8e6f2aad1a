#pragma once
// svdf: a layer of filters over features, then over time; the features of the last steps are state.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x [B,I], feature weights [F,I], time weights [F,M], bias [U] or absent, state [B,F*M]
/// (the last M features of each filter, oldest first). Outputs: y [B,U], F = U * rank, and once
/// more the state: it is read and written, so the same value stands in both lists.
struct Svdf {
    std::int32_t rank;            // filters of one unit
    std::int32_t input_offset;    // minus the zero point of x
    std::int32_t state_offset;    // the zero point of the state
    std::int32_t output_offset;   // the zero point of y
    std::int32_t multipliers[2];  // sums over x to state, sums over time to y
    std::int32_t shifts[2];
    float float_min;  // of a float output
    float float_max;
};

static_assert(sizeof(Svdf) == 40 && std::is_trivially_copyable_v<Svdf>);

/// Where the operands stand.
namespace svdf {
inline constexpr std::size_t kFeatureWeights = 1;
inline constexpr std::size_t kTimeWeights = 2;
inline constexpr std::size_t kBias = 3;
inline constexpr std::size_t kState = 4;
inline constexpr std::size_t kInputs = 5;
}  // namespace svdf

}  // namespace verge
