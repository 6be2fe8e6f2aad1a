#include "plan/draft.hpp"

#include <algorithm>
#include <cstring>

namespace verge::plan {
namespace {

constexpr Header kNoHeader{kMagic, kVersion, 0, sizeof(Header), 0};

std::size_t align(std::size_t value, std::size_t alignment) {
    return (value + alignment - 1) / alignment * alignment;
}

template <typename T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

std::vector<std::byte> metadata_bytes(const Draft& draft) {
    std::vector<std::byte> text;
    for (const auto& [key, value] : draft.metadata) {
        for (const std::string* part : {&key, &value}) {
            const auto bytes = std::as_bytes(std::span(*part));
            text.insert(text.end(), bytes.begin(), bytes.end());
            text.push_back(std::byte{0});
        }
    }
    return text;
}

struct Part {
    std::uint32_t tag;
    std::span<const std::byte> bytes;
    std::uint32_t required;
};

std::vector<std::byte> join(const std::vector<Part>& parts, std::uint32_t target) {
    std::vector<std::byte> file(sizeof(Header) + parts.size() * sizeof(Section));
    std::vector<Section> table;
    for (const Part& part : parts) {
        const std::size_t alignment = part.tag == section::constants ? kPlanAlignment : 4;
        file.resize(align(file.size(), alignment));
        table.push_back({part.tag, static_cast<std::uint32_t>(file.size()),
                         static_cast<std::uint32_t>(part.bytes.size()), part.required});
        file.insert(file.end(), part.bytes.begin(), part.bytes.end());
    }
    const Header header{kMagic, kVersion, static_cast<std::uint16_t>(parts.size()),
                        static_cast<std::uint32_t>(file.size()), target};
    std::memcpy(file.data(), &header, sizeof header);
    std::memcpy(file.data() + sizeof header, table.data(), table.size() * sizeof(Section));
    return file;
}

}  // namespace

Tensor dense_tensor(Type type, std::span<const std::uint32_t> dims) {
    Tensor tensor{};
    tensor.type = type;
    tensor.rank = static_cast<std::uint8_t>(dims.size());
    tensor.region = region::arena;
    tensor.dims.fill(1);
    std::ranges::copy(dims, tensor.dims.begin());
    const std::size_t rank = dims.size();
    tensor.pixel_stride = element_bytes(type) * (rank > 0 ? dims[rank - 1] : 1);
    tensor.row_stride = tensor.pixel_stride * (rank > 1 ? dims[rank - 2] : 1);
    return tensor;
}

std::uint16_t Draft::add_tensor(const Tensor& tensor) {
    tensors.push_back(tensor);
    return static_cast<std::uint16_t>(tensors.size() - 1);
}

std::uint16_t Draft::add_constant(Tensor tensor,
                                  std::span<const std::byte> bytes,
                                  std::uint32_t alignment) {
    constants.resize(align(constants.size(), std::max(alignment, element_bytes(tensor.type))));
    tensor.region = region::constants;
    tensor.offset = static_cast<std::uint32_t>(constants.size());
    constants.insert(constants.end(), bytes.begin(), bytes.end());
    return add_tensor(tensor);
}

void Draft::add_step(const NewStep& step) {
    const auto first = static_cast<std::uint32_t>(operands.size());
    for (const auto* list : {&step.inputs, &step.outputs, &step.scratch}) {
        operands.insert(operands.end(), list->begin(), list->end());
    }
    attributes.resize(align(attributes.size(), 4));
    steps.push_back({step.op, step.layout, step.flags,
                     static_cast<std::uint8_t>(step.inputs.size()),
                     static_cast<std::uint8_t>(step.outputs.size()),
                     static_cast<std::uint8_t>(step.scratch.size()), 0, first,
                     static_cast<std::uint32_t>(attributes.size()),
                     static_cast<std::uint32_t>(step.attributes.size())});
    attributes.insert(attributes.end(), step.attributes.begin(), step.attributes.end());
    step_names.push_back(add_string(step.name));
}

void Draft::add_port(std::uint16_t tensor,
                     bool is_output,
                     std::string_view name,
                     float scale,
                     std::int32_t zero_point) {
    ports.push_back({tensor, static_cast<std::uint8_t>(is_output ? 1 : 0), 0, add_string(name),
                     scale, zero_point});
}

std::uint32_t Draft::add_string(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto at = static_cast<std::uint32_t>(strings.size());
    strings.append(text);
    strings.push_back('\0');
    return at;
}

View Draft::view() const {
    View view;
    view.header_ = &kNoHeader;
    view.memory_ = &memory;
    view.tensors_ = tensors;
    view.steps_ = steps;
    view.ports_ = ports;
    view.operands_ = operands;
    view.attributes_ = attributes;
    view.constants_ = constants;
    view.initial_state_ = initial_state;
    view.strings_ = std::as_bytes(std::span(strings));
    return view;
}

namespace {

/// The numbers in the bytes of a section; none when it is absent.
template <typename T>
std::vector<T> numbers(std::span<const std::byte> bytes) {
    const auto* first = reinterpret_cast<const T*>(bytes.data());
    return {first, first + bytes.size() / sizeof(T)};
}

template <typename T>
std::vector<T> copy(std::span<const T> values) {
    return {values.begin(), values.end()};
}

std::vector<std::pair<std::string, std::string>> read_metadata(std::span<const std::byte> bytes) {
    std::vector<std::string> words(1);
    for (const std::byte byte : bytes) {
        if (byte == std::byte{0}) {
            words.emplace_back();
        } else {
            words.back().push_back(static_cast<char>(byte));
        }
    }
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::size_t i = 0; i + 2 < words.size(); i += 2) {
        pairs.emplace_back(words[i], words[i + 1]);
    }
    return pairs;
}

}  // namespace

Draft to_draft(const View& view) {
    Draft draft;
    draft.target = view.header().target;
    draft.memory = view.memory();
    draft.tensors = copy(view.tensors());
    draft.steps = copy(view.steps());
    draft.ports = copy(view.ports());
    draft.constants = copy(view.constants());
    draft.initial_state = copy(view.initial_state());
    draft.operands = numbers<std::uint16_t>(view.section(section::operands));
    draft.attributes = copy(view.section(section::attributes));
    const auto strings = view.section(section::strings);
    if (!strings.empty()) {
        draft.strings.assign(reinterpret_cast<const char*>(strings.data()), strings.size());
    }
    draft.step_names = numbers<std::uint32_t>(view.section(section::step_names));
    draft.step_names.resize(draft.steps.size());
    draft.metadata = read_metadata(view.section(section::metadata));
    return draft;
}

std::vector<std::byte> Draft::bytes() const {
    const std::vector<std::byte> pairs = metadata_bytes(*this);
    std::vector<Part> parts = {
        {section::memory, std::as_bytes(std::span(&memory, 1)), 1},
        {section::tensors, bytes_of(tensors), 1},
        {section::steps, bytes_of(steps), 1},
        {section::operands, bytes_of(operands), 1},
        {section::attributes, bytes_of(attributes), 1},
        {section::ports, bytes_of(ports), 1},
        {section::initial_state, bytes_of(initial_state), 1},
    };
    if (strings.size() > 1) {
        parts.push_back({section::strings, std::as_bytes(std::span(strings)), 0});
        parts.push_back({section::step_names, bytes_of(step_names), 0});
    }
    if (!pairs.empty()) {
        parts.push_back({section::metadata, pairs, 0});
    }
    parts.push_back({section::constants, constants, 1});
    return join(parts, target);
}

}  // namespace verge::plan
