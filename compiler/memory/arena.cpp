#include "compiler/memory/arena.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/memory/covered_bytes.hpp"
#include "compiler/memory/place.hpp"
#include "operators/in_place.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

/// Offsets are numbers of 32 bits.
constexpr std::uint64_t kMostArena = 0xffffffffU;

bool is_arena(const plan::Tensor& tensor) {
    return tensor.region >= plan::region::arena && tensor.region < plan::region::slot;
}

/// Buffers of a draft: one per storage, and one per scratch.
class Arena {
public:
    Arena(plan::Draft& draft, const Target& target, const std::vector<std::string>& names)
        : draft_(draft), target_(target), names_(names) {}

    Outcome<ArenaReport> run() {
        collect_buffers();
        collect_overlaps();
        const Placement placement = place(buffers_, overlaps_, draft_.memory.alignment);
        if (placement.bytes > kMostArena) {
            return too_large(placement);
        }
        set_offsets(placement);
        mark_ordered(placement);
        draft_.memory.arena_bytes[0] = static_cast<std::uint32_t>(placement.bytes);
        return report(placement);
    }

private:
    [[nodiscard]] Error too_large(const Placement& placement) const {
        const ArenaReport found = report(placement);
        const std::string step =
            draft_.steps.empty() ? "" : " while " + step_name(found.peak_step) + " runs";
        return unsupported(
            "activations need an arena of " + std::to_string(placement.bytes) + " bytes" + step,
            "at most " + std::to_string(kMostArena) + " bytes",
            "make the inputs or the batch smaller");
    }

    [[nodiscard]] std::uint16_t operand(const plan::Step& step, std::size_t index) const {
        return draft_.operands[step.first_operand + index];
    }

    static std::size_t operand_count(const plan::Step& step) {
        return std::size_t{step.input_count} + step.output_count + step.scratch_count;
    }

    void collect_buffers() {
        buffer_of_.assign(draft_.tensors.size(), kNone);
        const auto last_step =
            static_cast<std::uint32_t>(std::max<std::size_t>(draft_.steps.size(), 1) - 1);
        for (const plan::Port& port : draft_.ports) {
            touch(port.tensor, port.is_output != 0 ? last_step : 0);
        }
        for (std::uint32_t s = 0; s < draft_.steps.size(); ++s) {
            const plan::Step& step = draft_.steps[s];
            for (std::size_t i = 0; i < operand_count(step); ++i) {
                const bool is_scratch = i >= std::size_t{step.input_count} + step.output_count;
                if (operand(step, i) != plan::kAbsent) {
                    is_scratch ? touch_scratch(operand(step, i), s) : touch(operand(step, i), s);
                }
            }
        }
    }

    void touch(std::uint16_t tensor, std::uint32_t step) {
        if (!is_arena(draft_.tensors[tensor])) {
            return;
        }
        const std::uint32_t storage = draft_.tensors[tensor].offset;
        const auto [found, is_new] = storages_.try_emplace(storage, buffers_.size());
        if (is_new) {
            buffers_.push_back({storage < names_.size() ? names_[storage] : "", 0, step, step});
        }
        Buffer& buffer = buffers_[found->second];
        buffer.bytes =
            std::max<std::uint64_t>(buffer.bytes, plan::tensor_bytes(draft_.tensors[tensor]));
        buffer.first = std::min(buffer.first, step);
        buffer.last = std::max(buffer.last, step);
        buffer_of_[tensor] = found->second;
    }

    void touch_scratch(std::uint16_t tensor, std::uint32_t step) {
        buffer_of_[tensor] = buffers_.size();
        buffers_.push_back({"scratch of " + step_name(step),
                            plan::tensor_bytes(draft_.tensors[tensor]), step, step});
    }

    [[nodiscard]] std::string step_name(std::size_t step) const {
        const std::uint32_t at = draft_.step_names[step];
        const std::string name = at == 0 ? "" : std::string(draft_.strings.c_str() + at);
        const std::string op(row(static_cast<OpId>(draft_.steps[step].op)).name);
        return name.empty() ? op + " " + std::to_string(step) : op + " '" + name + "'";
    }

    void collect_overlaps() {
        for (std::uint32_t s = 0; s < draft_.steps.size(); ++s) {
            for (std::size_t i = 0; i < draft_.steps[s].input_count; ++i) {
                add_overlap(s, i);
            }
        }
    }

    void add_overlap(std::uint32_t s, std::size_t input) {
        const plan::Step& step = draft_.steps[s];
        if (step.output_count == 0 || operand(step, input) == plan::kAbsent) {
            return;
        }
        const std::size_t from = buffer_of_[operand(step, input)];
        const std::size_t to = buffer_of_[operand(step, step.input_count)];
        const bool dies_here = from != kNone && to != kNone && from != to &&
                               buffers_[from].last == s && buffers_[to].first == s &&
                               !is_output(from);
        if (!dies_here) {
            return;
        }
        const plan::View view = draft_.view();
        const Call call(view, step);
        const std::optional<std::int64_t> distance = overlap_distance(call, input);
        const bool is_elementwise = is_free_in_place(call, input);
        if (distance.has_value() && (target_.is_microcontroller() || is_elementwise)) {
            overlaps_.push_back({to, from, static_cast<std::uint64_t>(*distance)});
            overlap_steps_.push_back(s);
            is_elementwise_.push_back(is_elementwise);
        }
    }

    [[nodiscard]] bool is_output(std::size_t buffer) const {
        return std::ranges::any_of(draft_.ports, [&](const plan::Port& port) {
            return port.is_output != 0 && buffer_of_[port.tensor] == buffer;
        });
    }

    void set_offsets(const Placement& placement) {
        for (std::size_t i = 0; i < draft_.tensors.size(); ++i) {
            if (buffer_of_[i] != kNone) {
                draft_.tensors[i].offset =
                    static_cast<std::uint32_t>(placement.offsets[buffer_of_[i]]);
            }
        }
    }

    /// Where output and input start together and no element moves, tiles stay independent.
    void mark_ordered(const Placement& placement) {
        for (const std::size_t i : placement.overlaps) {
            const Overlap& overlap = overlaps_[i];
            const bool is_in_place = is_elementwise_[i] && placement.offsets[overlap.output] ==
                                                               placement.offsets[overlap.input];
            if (!is_in_place) {
                draft_.steps[overlap_steps_[i]].flags |= plan::step_flag::ordered;
            }
        }
    }

    [[nodiscard]] ArenaReport report(const Placement& placement) const {
        ArenaReport result;
        result.bytes = placement.bytes;
        result.picture = draw(buffers_, placement);
        std::pair<std::uint64_t, std::uint64_t> most = {0, 0};  // covered, and of all buffers
        for (std::uint32_t s = 0; s < draft_.steps.size(); ++s) {
            const std::vector<AddressRange> alive = ranges_at(s, placement);
            std::uint64_t sum = 0;
            for (const AddressRange& range : alive) {
                sum += range.end - range.begin;
            }
            result.live_bytes.push_back(covered_bytes(alive));
            if (const std::pair here = {result.live_bytes.back(), sum}; here > most) {
                most = here;
                result.peak_step = s;
            }
        }
        list_peak(result, placement);
        return result;
    }

    [[nodiscard]] std::vector<AddressRange> ranges_at(std::uint32_t step,
                                                      const Placement& placement) const {
        std::vector<AddressRange> ranges;
        for (std::size_t b = 0; b < buffers_.size(); ++b) {
            if (is_alive(b, step)) {
                ranges.push_back({placement.offsets[b], placement.offsets[b] + buffers_[b].bytes});
            }
        }
        return ranges;
    }

    [[nodiscard]] bool is_alive(std::size_t buffer, std::uint32_t step) const {
        return buffers_[buffer].first <= step && step <= buffers_[buffer].last;
    }

    void list_peak(ArenaReport& result, const Placement& placement) const {
        for (std::size_t b = 0; b < buffers_.size(); ++b) {
            if (!draft_.steps.empty() &&
                is_alive(b, static_cast<std::uint32_t>(result.peak_step))) {
                result.peak.push_back({buffers_[b].name, buffers_[b].bytes, placement.offsets[b],
                                       step_name(buffers_[b].first)});
            }
        }
        std::ranges::stable_sort(result.peak, std::greater<>{}, &PeakTensor::bytes);
    }

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    plan::Draft& draft_;
    const Target& target_;
    const std::vector<std::string>& names_;
    std::vector<Buffer> buffers_;
    std::map<std::uint32_t, std::size_t> storages_;
    std::vector<std::size_t> buffer_of_;  // by tensor
    std::vector<Overlap> overlaps_;
    std::vector<std::uint32_t> overlap_steps_;  // by overlap
    std::vector<bool> is_elementwise_;          // by overlap
};

}  // namespace

Outcome<ArenaReport> place_arena(plan::Draft& draft,
                                 const Target& target,
                                 const std::vector<std::string>& names) {
    return Arena(draft, target, names).run();
}

}  // namespace verge::compiler
