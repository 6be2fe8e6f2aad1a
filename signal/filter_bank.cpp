// One pass over the stretches: the falling flank of a channel is the rising flank of the next.

#include "signal/filter_bank.hpp"

#include <cstddef>

namespace verge::signal {

void accumulate_channels(const FilterBank& bank,
                         std::span<const std::uint32_t> energies,
                         std::span<std::uint64_t> channels) noexcept {
    std::uint64_t falling = 0;
    std::uint64_t rising = 0;
    for (std::size_t stretch = 0; stretch <= channels.size(); ++stretch) {
        const std::uint32_t* line = energies.data() + bank.frequency_starts[stretch];
        const std::int16_t* weight = bank.weights.data() + bank.weight_starts[stretch];
        const std::int16_t* unweight = bank.unweights.data() + bank.weight_starts[stretch];
        for (int i = 0; i < bank.widths[stretch]; ++i) {
            falling += static_cast<std::uint64_t>(weight[i]) * line[i];
            rising += static_cast<std::uint64_t>(unweight[i]) * line[i];
        }
        if (stretch > 0) {
            channels[stretch - 1] = falling;
        }
        falling = rising;
        rising = 0;
    }
}

}  // namespace verge::signal
