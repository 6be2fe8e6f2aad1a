#include "apps/verge/memory_map.hpp"

#include <algorithm>
#include <optional>

#include "compiler/memory/covered_bytes.hpp"
#include "operators/rule.hpp"

namespace verge::apps {
namespace {

/// The steps that touch a tensor.
struct Life {
    std::uint32_t first = 0xffffffffU;
    std::uint32_t last = 0;
    std::optional<std::uint32_t> writer = std::nullopt;
    bool is_input = false;
    bool is_scratch = false;

    void touch(std::uint32_t step) {
        first = std::min(first, step);
        last = std::max(last, step);
    }
};

std::vector<Life> lives_of(const plan::View& plan) {
    std::vector<Life> lives(plan.tensors().size());
    for (std::uint32_t s = 0; s < plan.steps().size(); ++s) {
        const plan::Step& step = plan.steps()[s];
        const std::uint32_t outputs_end = std::uint32_t{step.input_count} + step.output_count;
        for (std::uint32_t i = 0; i < outputs_end + step.scratch_count; ++i) {
            const std::uint16_t tensor = plan.operands(step)[i];
            if (tensor == plan::kAbsent) {
                continue;
            }
            lives[tensor].touch(s);
            lives[tensor].is_scratch = i >= outputs_end;
            if (i >= step.input_count && !lives[tensor].writer.has_value()) {
                lives[tensor].writer = s;
            }
        }
    }
    const auto last_step =
        static_cast<std::uint32_t>(std::max<std::size_t>(plan.steps().size(), 1) - 1);
    for (const plan::Port& port : plan.ports()) {
        lives[port.tensor].touch(port.is_output != 0 ? last_step : 0);
        lives[port.tensor].is_input = lives[port.tensor].is_input || port.is_output == 0;
    }
    return lives;
}

std::string port_name(const plan::View& plan, std::size_t tensor) {
    const auto found = std::ranges::find_if(plan.ports(), [&](const plan::Port& port) {
        return port.tensor == tensor && port.is_output == 0;
    });
    const std::string name = found == plan.ports().end() ? "" : plan.name(*found);
    return name.empty() ? "input" : "input '" + name + "'";
}

std::string buffer_name(const plan::View& plan, std::size_t tensor, const Life& life) {
    if (life.is_input || !life.writer.has_value()) {
        return port_name(plan, tensor);
    }
    return (life.is_scratch ? "scratch of " : "") + step_label(plan, *life.writer);
}

/// Lengthens the buffer whose bytes `tensor` views; false when there is none.
bool join_view(std::vector<MappedBuffer>& buffers, const MappedBuffer& view) {
    MappedBuffer* found = nullptr;
    for (MappedBuffer& buffer : buffers) {
        const bool is_nearer = found == nullptr || buffer.first > found->first;
        if (buffer.offset == view.offset && buffer.first <= view.first && is_nearer) {
            found = &buffer;
        }
    }
    if (found == nullptr) {
        return false;
    }
    found->bytes = std::max(found->bytes, view.bytes);
    found->last = std::max(found->last, view.last);
    return true;
}

std::vector<MappedBuffer> buffers_of(const plan::View& plan) {
    const std::vector<Life> lives = lives_of(plan);
    std::vector<MappedBuffer> buffers;
    std::vector<MappedBuffer> views;
    for (std::size_t t = 0; t < lives.size(); ++t) {
        const plan::Tensor& tensor = plan.tensors()[t];
        const Life& life = lives[t];
        if (tensor.region != plan::region::arena || life.first > life.last) {
            continue;
        }
        const bool is_view = !life.is_input && !life.writer.has_value();
        (is_view ? views : buffers)
            .push_back({buffer_name(plan, t, life), tensor.offset, plan::tensor_bytes(tensor),
                        life.first, life.last});
    }
    for (const MappedBuffer& view : views) {
        if (!join_view(buffers, view)) {
            buffers.push_back(view);
        }
    }
    std::ranges::sort(buffers, [](const MappedBuffer& a, const MappedBuffer& b) {
        return a.first != b.first ? a.first < b.first : a.offset < b.offset;
    });
    return buffers;
}

}  // namespace

std::string step_label(const plan::View& plan, std::size_t step) {
    const std::uint16_t id = plan.steps()[step].op;
    const auto rows = all_operators();
    const auto found = std::ranges::find(rows, static_cast<OpId>(id), &Row::id);
    const std::string op =
        found == rows.end() ? "operator " + std::to_string(id) : std::string(found->name);
    const std::string name = plan.step_name(step);
    return name.empty() ? op + " " + std::to_string(step) : op + " '" + name + "'";
}

MemoryMap memory_map(const plan::View& plan) {
    MemoryMap map;
    map.buffers = buffers_of(plan);
    map.bytes = plan.memory().arena_bytes[0];
    std::pair<std::uint64_t, std::uint64_t> most = {0, 0};  // covered, and of all buffers
    for (std::size_t s = 0; s < plan.steps().size(); ++s) {
        std::vector<compiler::AddressRange> alive;
        std::uint64_t sum = 0;
        for (const MappedBuffer& buffer : map.buffers) {
            if (buffer.first <= s && s <= buffer.last) {
                alive.push_back({buffer.offset, buffer.offset + buffer.bytes});
                sum += buffer.bytes;
            }
        }
        map.live_bytes.push_back(compiler::covered_bytes(std::move(alive)));
        if (const std::pair here = {map.live_bytes.back(), sum}; here > most) {
            most = here;
            map.peak_step = s;
        }
    }
    return map;
}

}  // namespace verge::apps
