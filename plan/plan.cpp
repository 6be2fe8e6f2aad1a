#include "plan/plan.hpp"

#include <algorithm>

namespace verge::plan {
namespace {

constexpr std::uint32_t kLeastAlignment = 4;  // of the regions but constants and callers' buffers
constexpr std::uint32_t kMaxSections = 64;    // each is looked for among those before it

[[nodiscard]] bool fits(std::uint64_t offset, std::uint64_t bytes, std::uint64_t limit) {
    return offset <= limit && bytes <= limit - offset;
}

[[nodiscard]] bool is_multiple(std::uint32_t value, std::uint32_t of) {
    return value % of == 0;
}

[[nodiscard]] bool is_known(Type type) {
    return type > Type::none && type <= Type::s4;
}

/// Bytes from the first to behind the last element; more than 2^32 when the tensor is not sound.
constexpr std::uint64_t kUnsound = std::uint64_t{1} << 40U;

std::uint64_t outer_images(const Tensor& tensor) {
    std::uint64_t images = 1;
    for (std::uint32_t i = 0; i + 3 < tensor.rank; ++i) {
        images *= tensor.dims[i];
        if (images > 0xffffffffU) {
            return kUnsound;
        }
    }
    return images;
}

std::uint64_t span_bytes(const Tensor& tensor) {
    const std::uint32_t rank = tensor.rank;
    if (rank == 0) {
        return element_bytes(tensor.type);
    }
    const std::uint64_t line = std::uint64_t{tensor.dims[rank - 1]} * element_bytes(tensor.type);
    if (rank == 1) {
        return line;
    }
    const std::uint64_t pixels = tensor.dims[rank - 2];
    const std::uint64_t row = (pixels - 1) * tensor.pixel_stride + line;
    if (tensor.pixel_stride < line || row > 0xffffffffU) {
        return kUnsound;
    }
    if (rank == 2) {
        return row;
    }
    const std::uint64_t images = outer_images(tensor);
    if (tensor.row_stride < row || images > 0xffffffffU) {
        return kUnsound;
    }
    const std::uint64_t rows = images * tensor.dims[rank - 3];
    if (rows > 0xffffffffU) {
        return kUnsound;
    }
    return (rows - 1) * tensor.row_stride + row;
}

}  // namespace

/// Opens plans: each check returns the first thing that is not sound.
class Door {
public:
    explicit Door(std::span<const std::byte> bytes) : bytes_(bytes) {}

    Fault check() {
        VERGE_TRY(check_header());
        VERGE_TRY(check_sections());
        VERGE_TRY(check_tensors());
        VERGE_TRY(check_steps());
        VERGE_TRY(check_ports());
        return check_slots();
    }

    [[nodiscard]] const View& view() const { return view_; }

private:
    Fault check_header() {
        if (reinterpret_cast<std::uintptr_t>(bytes_.data()) % kPlanAlignment != 0) {
            return {Status::misaligned, 0};
        }
        if (bytes_.size() < sizeof(Header)) {
            return {Status::plan_truncated, static_cast<std::uint32_t>(bytes_.size())};
        }
        view_.header_ = reinterpret_cast<const Header*>(bytes_.data());
        const Header& header = *view_.header_;
        if (header.magic != kMagic) {
            return {Status::plan_magic, 0};
        }
        if (header.version != kVersion) {
            return {Status::plan_version, header.version};
        }
        if (header.section_count > kMaxSections) {
            return {Status::plan_section, header.section_count};
        }
        const std::uint64_t table = std::uint64_t{header.section_count} * sizeof(Section);
        if (!fits(sizeof(Header), table, header.total_bytes) ||
            header.total_bytes > bytes_.size()) {
            return {Status::plan_truncated, header.total_bytes};
        }
        return kOk;
    }

    Fault check_sections() {
        const auto* first = reinterpret_cast<const Section*>(bytes_.data() + sizeof(Header));
        for (std::uint32_t i = 0; i < view_.header().section_count; ++i) {
            if (!fits(first[i].offset, first[i].bytes, view_.header().total_bytes)) {
                return {Status::plan_truncated, i};
            }
            if (!is_multiple(first[i].offset, 4)) {
                return {Status::plan_section, i};
            }
            if (has_tag({first, i}, first[i].tag)) {
                return {Status::plan_section, i};
            }
            VERGE_TRY(take(first[i], i));
        }
        return check_memory();
    }

    [[nodiscard]] static bool has_tag(std::span<const Section> sections, std::uint32_t tag) {
        return std::ranges::any_of(sections,
                                   [&](const Section& section) { return section.tag == tag; });
    }

    Fault take(const Section& found, std::uint32_t index) {
        bool sound = true;
        switch (found.tag) {
            case section::memory:
                sound = found.bytes >= sizeof(Memory);
                view_.memory_ = reinterpret_cast<const Memory*>(bytes_.data() + found.offset);
                break;
            case section::tensors:
                sound = take_array(found, view_.tensors_);
                break;
            case section::steps:
                sound = take_array(found, view_.steps_);
                break;
            case section::ports:
                sound = take_array(found, view_.ports_);
                break;
            case section::operands:
                sound = take_array(found, view_.operands_);
                break;
            case section::attributes:
                sound = take_array(found, view_.attributes_);
                break;
            case section::constants:
                sound = is_multiple(found.offset, kPlanAlignment) &&
                        take_array(found, view_.constants_);
                break;
            case section::initial_state:
                sound = take_array(found, view_.initial_state_);
                break;
            case section::strings:
                sound = take_array(found, view_.strings_);
                break;
            default:
                sound = found.required == 0;
        }
        return sound ? kOk : Fault{Status::plan_section, index};
    }

    template <typename T>
    [[nodiscard]] bool take_array(const Section& found, std::span<const T>& into) const {
        into = {reinterpret_cast<const T*>(bytes_.data() + found.offset), found.bytes / sizeof(T)};
        return is_multiple(found.bytes, sizeof(T));
    }

    Fault check_memory() {
        if (view_.memory_ == nullptr) {
            return {Status::plan_section, view_.header().section_count};
        }
        const std::uint32_t alignment = view_.memory().alignment;
        const bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
        if (!is_power || alignment < kLeastAlignment || alignment > kPlanAlignment ||
            view_.initial_state_.size() > view_.memory().state_bytes || !is_addressable()) {
            return {Status::plan_section, 0};
        }
        // Strings end with a zero, so that each name inside ends too.
        const auto strings = view_.strings_;
        if (!strings.empty() && strings[strings.size() - 1] != std::byte{0}) {
            return {Status::plan_section, 0};
        }
        return kOk;
    }

    /// Arena 0, state and a table of two bytes a step may be one memory (runtime/tiny): its size is
    /// a number of 32 bits.
    [[nodiscard]] bool is_addressable() const {
        const std::uint32_t arena = view_.memory().arena_bytes[0];
        return arena <= kMostMainBytes && view_.memory().state_bytes <= kMostMainBytes - arena;
    }

    [[nodiscard]] std::uint64_t region_bytes(std::uint8_t region) const {
        if (region == region::constants) {
            return view_.constants_.size();
        }
        if (region == region::state) {
            return view_.memory().state_bytes;
        }
        if (region < region::slot) {
            return view_.memory().arena_bytes[region - region::arena];
        }
        return 0;
    }

    Fault check_tensors() {
        std::uint32_t index = 0;
        for (const Tensor& tensor : view_.tensors_) {
            VERGE_TRY(check_tensor(tensor, index));
            ++index;
        }
        return index < kAbsent ? kOk : Fault{Status::plan_tensor, index};
    }

    Fault check_tensor(const Tensor& tensor, std::uint32_t index) const {
        if (!is_known(tensor.type) || tensor.rank > kMaxRank ||
            tensor.region >= region::slot + view_.ports_.size() || tensor.region >= kRegionCount) {
            return {Status::plan_tensor, index};
        }
        for (std::uint32_t i = 0; i < kMaxRank; ++i) {
            if (tensor.dims[i] == 0 || (i >= tensor.rank && tensor.dims[i] != 1)) {
                return {Status::plan_tensor, index};
            }
        }
        const std::uint32_t element = element_bytes(tensor.type);
        if (element > view_.memory().alignment || !is_multiple(tensor.offset, element) ||
            !is_multiple(tensor.pixel_stride, element) ||
            !is_multiple(tensor.row_stride, element)) {
            return {Status::plan_tensor, index};
        }
        const std::uint64_t bytes = span_bytes(tensor);
        if (bytes > 0x7fffffffU) {
            return {Status::plan_tensor, index};
        }
        if (tensor.region >= region::slot) {
            return tensor.offset == 0 ? kOk : Fault{Status::plan_range, index};
        }
        return fits(tensor.offset, bytes, region_bytes(tensor.region))
                   ? kOk
                   : Fault{Status::plan_range, index};
    }

    Fault check_steps() {
        std::uint32_t index = 0;
        for (const Step& step : view_.steps_) {
            VERGE_TRY(check_step(step, index));
            ++index;
        }
        return index < kAbsent ? kOk : Fault{Status::plan_step, index};
    }

    Fault check_step(const Step& step, std::uint32_t index) const {
        const std::uint32_t count =
            std::uint32_t{step.input_count} + step.output_count + step.scratch_count;
        if (!fits(step.first_operand, count, view_.operands_.size()) || step.scratch_count > 1 ||
            !is_multiple(step.attributes, 4) ||
            !fits(step.attributes, step.attribute_bytes, view_.attributes_.size())) {
            return {Status::plan_step, index};
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            if (!is_operand(view_.operands(step)[i], i >= step.input_count)) {
                return {Status::plan_step, index};
            }
        }
        return kOk;
    }

    /// What a step writes may not be absent and may not lie among the constants.
    [[nodiscard]] bool is_operand(std::uint16_t tensor, bool is_written) const {
        if (tensor == kAbsent) {
            return !is_written;
        }
        return tensor < view_.tensors_.size() &&
               !(is_written && view_.tensors_[tensor].region == region::constants);
    }

    Fault check_ports() const {
        std::uint32_t index = 0;
        for (const Port& port : view_.ports_) {
            const bool is_named = view_.strings_.empty() || port.name < view_.strings_.size();
            if (port.tensor >= view_.tensors_.size() || !is_named || !owns_its_slot(port, index) ||
                is_constant_input(port)) {
                return {Status::plan_range, index};
            }
            ++index;
        }
        return index <= kMaxPorts ? kOk : Fault{Status::plan_range, index};
    }

    /// The caller writes inputs, and constants are never written.
    [[nodiscard]] bool is_constant_input(const Port& port) const {
        return port.is_output == 0 && view_.tensors_[port.tensor].region == region::constants;
    }

    [[nodiscard]] bool owns_its_slot(const Port& port, std::uint32_t index) const {
        const std::uint8_t region = view_.tensors_[port.tensor].region;
        return region < region::slot || std::uint32_t{region} - region::slot == index;
    }

    /// What lies in a caller's buffer lies within the port's own tensor: that one is measured when
    /// the caller brings the buffer. Precondition: check_ports() is done.
    Fault check_slots() const {
        std::uint32_t index = 0;
        for (const Tensor& tensor : view_.tensors_) {
            if (tensor.region >= region::slot && !fits_its_port(tensor)) {
                return {Status::plan_range, index};
            }
            ++index;
        }
        return kOk;
    }

    [[nodiscard]] bool fits_its_port(const Tensor& tensor) const {
        const Port& port = view_.ports_[tensor.region - region::slot];
        const Tensor& owner = view_.tensors_[port.tensor];
        return owner.region == tensor.region && span_bytes(tensor) <= span_bytes(owner) &&
               element_bytes(tensor.type) <= element_bytes(owner.type);
    }

    std::span<const std::byte> bytes_;
    View view_;
};

Result<View> View::open(std::span<const std::byte> bytes) {
    Door door(bytes);
    VERGE_TRY(door.check());
    return door.view();
}

const char* View::name(const Port& port) const {
    return strings_.empty() ? "" : reinterpret_cast<const char*>(strings_.data()) + port.name;
}

std::span<const std::byte> View::section(std::uint32_t tag) const {
    const auto* bytes = reinterpret_cast<const std::byte*>(header_);
    const auto* first = reinterpret_cast<const Section*>(bytes + sizeof(Header));
    for (std::uint32_t i = 0; i < header_->section_count; ++i) {
        if (first[i].tag == tag) {
            return {bytes + first[i].offset, first[i].bytes};
        }
    }
    return {};
}

const char* View::step_name(std::size_t step) const {
    const auto names = section(section::step_names);
    if (strings_.empty() || names.size() < (step + 1) * sizeof(std::uint32_t)) {
        return "";
    }
    const auto offset = reinterpret_cast<const std::uint32_t*>(names.data())[step];
    return offset < strings_.size() ? reinterpret_cast<const char*>(strings_.data()) + offset : "";
}

}  // namespace verge::plan
