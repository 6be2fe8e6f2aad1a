#pragma once
// Inputs and outputs of models as files: .npy, .npz, raw bytes; and between the types of ports.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "apps/verge/verb.hpp"
#include "base/outcome.hpp"
#include "formats/npy/array.hpp"
#include "formats/npy/npz.hpp"
#include "plan/plan.hpp"

namespace verge::apps {

/// The bytes of each input, or of each output, in order.
using Tensors = std::vector<std::vector<std::byte>>;

/// A port of a plan, for people.
struct PortInfo {
    std::size_t index;
    std::string name;
    plan::Type type;
    std::vector<std::int64_t> shape;
    std::size_t bytes;
    float scale;
    std::int32_t zero_point;
    std::string foreign_type = {};  // where `type` is none: what the model's file calls it
};

[[nodiscard]] std::size_t element_count(const PortInfo& port);

[[nodiscard]] std::vector<PortInfo> ports_of(const plan::View& plan, bool is_output);

/// `{"name", "type", "shape", "scale", "zero_point"}`.
[[nodiscard]] Json port_json(const PortInfo& port);

/// "s8[1,49,10,1]".
[[nodiscard]] std::string describe(const PortInfo& port);

struct ReadOptions {
    bool quantises = false;  // float data for an integer port is converted by the port's scale
};

/// The bytes of every input port, in order. `given`: "NAME=PATH", or "PATH" for the first port that
/// has none; a path may hold '=' where what is before it names no port. The Error says which port
/// has no file, or two, or what the file holds and what the port wants; nothing is cast silently.
Outcome<Tensors> read_inputs(const std::vector<PortInfo>& ports,
                             const std::vector<std::string>& given,
                             const ReadOptions& options);

/// An array as the bytes of the port that takes it. The Error says what it is and what the port
/// wants; float data is quantised only when `options` say so.
Outcome<std::vector<std::byte>> bytes_for(const PortInfo& port,
                                          npy::Array array,
                                          const ReadOptions& options);

/// The arrays of a .npy or .npz file; nothing when it is neither.
Outcome<std::vector<npy::NamedArray>> read_arrays(std::span<const std::byte> file);

/// The array in the port's bytes; dequantised to float32 when asked for.
[[nodiscard]] npy::Array to_array(const PortInfo& port,
                                  std::span<const std::byte> bytes,
                                  bool dequantises);

/// Refuses a path that write_outputs() would not take: other endings than .npz and .npy, and .npy
/// for several outputs. No ending is needed where no file is made: a device, a pipe, `-`.
Done check_output(const std::string& path, const std::vector<PortInfo>& ports);

/// Writes all outputs as .npz, or one as .npy when the path says so. Precondition: check_output().
Done write_outputs(const std::string& path,
                   const std::vector<PortInfo>& ports,
                   const std::vector<std::vector<std::byte>>& outputs,
                   bool dequantises);

/// 32-bit FNV-1a.
[[nodiscard]] std::uint32_t fnv1a(std::span<const std::byte> bytes);

/// `[{"name", "type", "shape", "fnv1a"}]`.
[[nodiscard]] Json outputs_json(const std::vector<PortInfo>& ports,
                                const std::vector<std::vector<std::byte>>& outputs);

}  // namespace verge::apps
