#pragma once
// Gathers spectral lines into overlapping triangular channels: each line gives part of its energy
// to one channel (weight) and the rest to the next (unweight).

#include <cstdint>
#include <span>

namespace verge::signal {

/// The tables of a bank of n channels; the last three have n + 1 entries, one for each stretch
/// between neighbouring centres. Stretch s covers lines frequency_starts[s] and following,
/// widths[s] of them, and finds its weights from weight_starts[s] on. They are the operands of the
/// operator SignalFilterBank.
struct FilterBank {
    std::span<const std::int16_t> weights;
    std::span<const std::int16_t> unweights;
    std::span<const std::int16_t> frequency_starts;
    std::span<const std::int16_t> weight_starts;
    std::span<const std::int16_t> widths;
};

/// The operator SignalFilterBank; channels.size() is its attribute `num_channels`. Precondition:
/// every stretch lies inside `energies` and inside the weights.
void accumulate_channels(const FilterBank& bank,
                         std::span<const std::uint32_t> energies,
                         std::span<std::uint64_t> channels) noexcept;

}  // namespace verge::signal
