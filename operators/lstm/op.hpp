#pragma once
// lstm: a layer of long short-term memory over a sequence; hidden and cell state live on from run
// to run.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x [B,T,I] (or [T,B,I]), four input weights [U,I], four recurrent weights [U,U], four
/// biases [U], each in the order input gate, forget gate, cell gate, output gate; then hidden [B,U]
/// and cell [B,U]. Outputs: y [B,T,U] (or [T,B,U]), and once more hidden and cell: they are read
/// and written, so the same value stands in both lists.
struct Lstm {
    std::int32_t time_major;     // 1: x and y are [T,B,..]
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t hidden_offset;  // minus the zero point of hidden
    // Sums to gates in units of 2^-12: four of the input, four of the recurrent weights.
    std::int32_t gate_multipliers[8];
    std::int32_t gate_shifts[8];
    // forget gate * cell to cell; input gate * cell gate to cell; output gate * tanh(cell) to
    // hidden
    std::int32_t product_multipliers[3];
    std::int32_t product_shifts[3];
    std::int32_t tanh_multiplier;  // gates16::InputScale of the cell
    std::int32_t tanh_shift;
    std::int32_t cell_limit;  // the cell stays within +-cell_limit; negative: no limit
    float float_cell_limit;   // the same of a float cell; 0: no limit
};

static_assert(sizeof(Lstm) == 116 && std::is_trivially_copyable_v<Lstm>);

/// Where the operands stand.
namespace lstm {
inline constexpr std::size_t kInputWeights = 1;
inline constexpr std::size_t kRecurrentWeights = 5;
inline constexpr std::size_t kBiases = 9;
inline constexpr std::size_t kHidden = 13;
inline constexpr std::size_t kCell = 14;
inline constexpr std::size_t kInputs = 15;
inline constexpr std::size_t kOutputs = 3;
}  // namespace lstm

}  // namespace verge
