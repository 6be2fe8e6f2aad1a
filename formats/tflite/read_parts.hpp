#pragma once
// The pieces of the reader, shared by its files only. Everything here works on a FlatBuffer that
// the verifier has passed: offsets are safe, meanings are not.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tflite_schema/schema_generated.h>

#include "base/outcome.hpp"
#include "formats/tflite/model.hpp"

namespace verge::tflite {

inline constexpr const char* kDamaged =
    "copy or export the file again; it is damaged or was altered";

/// FlatBuffers may share one vector among many owners, so a small file can unpack to a huge model.
/// What is copied out is counted against a multiple of the file's size.
class Budget {
public:
    explicit Budget(std::size_t file_bytes) : left_(file_bytes * kTimes + kLeast) {}

    Done spend(std::size_t bytes);

private:
    static constexpr std::size_t kTimes = 16;
    static constexpr std::size_t kLeast = 65536;
    std::size_t left_;
};

/// The file, its root, and what may still be copied out of it.
struct Source {
    std::span<const std::byte> file;
    const wire::Model& root;
    Budget& budget;
};

/// A string of the file; absent reads as empty.
Outcome<std::string> copied(Budget& budget, const flatbuffers::String* text);

/// A vector of the file as T; absent reads as empty. The verifier does not see to the alignment of
/// elements, so they are copied as bytes.
template <typename T, typename Element>
Outcome<std::vector<T>> copied(Budget& budget, const flatbuffers::Vector<Element>* items) {
    if (items == nullptr || items->size() == 0) {
        return std::vector<T>();
    }
    VERGE_CHECK(budget.spend(items->size() * sizeof(T)));
    std::vector<Element> elements(items->size());
    std::memcpy(elements.data(), items->Data(), elements.size() * sizeof(Element));
    std::vector<T> to(elements.size());
    std::transform(elements.begin(), elements.end(), to.begin(), [](Element element) {
        return static_cast<T>(flatbuffers::EndianScalar(element));
    });
    return to;
}

/// The bytes of a buffer of the file: inside the FlatBuffer or, by offset and size, outside it.
Outcome<std::span<const std::byte>> buffer_bytes(const Source& source, std::uint32_t index);

/// `size` bytes at `offset` of the file.
Outcome<std::span<const std::byte>> outside_bytes(const Source& source,
                                                  std::uint64_t offset,
                                                  std::uint64_t size);

/// The bytes of a vector of bytes; absent reads as empty.
[[nodiscard]] std::span<const std::byte> bytes_of(const flatbuffers::Vector<std::uint8_t>* data);

Outcome<Tensor> read_tensor(const Source& source, const wire::Tensor& from);

/// What an OperatorCode says: code, custom_name and version of an otherwise empty Operator.
Outcome<Operator> read_operator_code(Budget& budget, const wire::OperatorCode& from);

/// `codes` are the file's operator codes; `tensors` is how many the subgraph has.
Outcome<Operator> read_operator(const Source& source,
                                const wire::Operator& from,
                                std::span<const Operator> codes,
                                std::size_t tensors);

/// Indices of tensors, each below `tensors` or, where `optional`, kNoTensor. `kind` names them.
Outcome<std::vector<std::int32_t>> read_operands(Budget& budget,
                                                 const flatbuffers::Vector<std::int32_t>* from,
                                                 std::size_t tensors,
                                                 std::string_view kind,
                                                 bool optional);

Outcome<Options> read_options(Budget& budget, const wire::Operator& from);

}  // namespace verge::tflite
