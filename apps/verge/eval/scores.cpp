#include "apps/verge/eval/scores.hpp"

#include <cstring>

namespace verge::apps {
namespace {

template <typename T>
std::vector<float> converted(std::span<const std::byte> bytes) {
    std::vector<float> result(bytes.size() / sizeof(T));
    for (std::size_t i = 0; i < result.size(); ++i) {
        T value{};
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        result[i] = static_cast<float>(value);
    }
    return result;
}

}  // namespace

std::vector<float> reals_of(const PortInfo& port, std::span<const std::byte> bytes) {
    const npy::Array array = to_array(port, bytes, true);
    switch (array.type) {
        case npy::ElementType::f32:
            return converted<float>(array.data);
        case npy::ElementType::f64:
            return converted<double>(array.data);
        case npy::ElementType::i8:
            return converted<std::int8_t>(array.data);
        case npy::ElementType::i16:
            return converted<std::int16_t>(array.data);
        case npy::ElementType::i32:
            return converted<std::int32_t>(array.data);
        case npy::ElementType::i64:
            return converted<std::int64_t>(array.data);
        default:
            return converted<std::uint8_t>(array.data);
    }
}

double mean_squared_error(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        sum += difference * difference;
    }
    return sum / static_cast<double>(a.size());
}

}  // namespace verge::apps
