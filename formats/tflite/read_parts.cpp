// Copying out of the FlatBuffer within the budget, and finding the bytes of buffers.

#include "formats/tflite/read_parts.hpp"

namespace verge::tflite {

Done Budget::spend(std::size_t bytes) {
    if (bytes > left_) {
        return bad_input("the file unpacks to more than " + std::to_string(kTimes) +
                             " times its own size: its parts are shared to swell",
                         "a model whose parts stand in the file once each", kDamaged);
    }
    left_ -= bytes;
    return done();
}

Outcome<std::string> copied(Budget& budget, const flatbuffers::String* text) {
    if (text == nullptr) {
        return std::string();
    }
    VERGE_CHECK(budget.spend(text->size()));
    return text->str();
}

std::span<const std::byte> bytes_of(const flatbuffers::Vector<std::uint8_t>* data) {
    if (data == nullptr) {
        return {};
    }
    return std::as_bytes(std::span(data->data(), data->size()));
}

Outcome<std::span<const std::byte>> outside_bytes(const Source& source,
                                                  std::uint64_t offset,
                                                  std::uint64_t size) {
    const std::uint64_t length = source.file.size();
    if (offset > length || size > length - offset) {
        return bad_input("data lies at byte " + std::to_string(offset) + " for " +
                             std::to_string(size) + " bytes, but the file has " +
                             std::to_string(length),
                         "data inside the file", "copy the file again; its end is missing");
    }
    return source.file.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

Outcome<std::span<const std::byte>> buffer_bytes(const Source& source, std::uint32_t index) {
    const auto* buffers = source.root.buffers();
    const std::uint32_t count = buffers == nullptr ? 0 : buffers->size();
    if (index == 0 && count == 0) {
        return std::span<const std::byte>();
    }
    if (index >= count) {
        return bad_input("its buffer is " + std::to_string(index) + " of " + std::to_string(count),
                         "a buffer of the file", kDamaged);
    }
    const wire::Buffer& buffer = *buffers->Get(index);
    const auto inside = bytes_of(buffer.data());
    // Writers put 1 into `offset` to hold its place: only above that is it one.
    if (buffer.offset() <= 1) {
        return inside;
    }
    if (!inside.empty()) {
        return bad_input("buffer " + std::to_string(index) + " has data both inside and outside",
                         "one of the two", kDamaged);
    }
    return outside_bytes(source, buffer.offset(), buffer.size());
}

}  // namespace verge::tflite
