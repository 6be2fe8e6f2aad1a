#include "tests/fake_accelerator/accelerator.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/fixed_point.hpp"
#include "operators/check.hpp"
#include "operators/foreign/op.hpp"

namespace verge::kernel {
Fault check_foreign(const Call& call);
}

namespace verge::fake {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic = {'F', 'A', 'K', 'E'};
constexpr std::uint32_t kHeaderBytes = 5;
constexpr std::uint32_t kMostInstructions = 16;

std::int8_t saturated(std::int32_t x) {
    return static_cast<std::int8_t>(clamp(x, -128, 127));
}

std::int8_t execute(const std::uint8_t* instruction, std::int8_t x) {
    if (static_cast<Opcode>(instruction[0]) == Opcode::negate) {
        return saturated(-x);
    }
    return saturated(x + static_cast<std::int8_t>(instruction[1]));
}

bool is_program(const std::uint8_t* blob, std::uint32_t bytes) {
    if (bytes < kHeaderBytes || std::memcmp(blob, kMagic.data(), kMagic.size()) != 0) {
        return false;
    }
    const std::uint32_t count = blob[4];
    if (count < 1 || count > kMostInstructions || bytes != kHeaderBytes + 2 * count) {
        return false;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto opcode = static_cast<Opcode>(blob[kHeaderBytes + 2 * i]);
        if (opcode != Opcode::add && opcode != Opcode::negate) {
            return false;
        }
    }
    return true;
}

Fault check(const Call& call) {
    VERGE_TRY(kernel::check_foreign(call));
    if (call.input_count() != 2 || !call.has(0) || call.output_count() != 1 ||
        call.input(1).type != plan::Type::u8 ||
        plan::element_count(call.input(0)) != plan::element_count(call.output(0))) {
        return check::kBadShapes;
    }
    const auto* blob = call.constant<std::uint8_t>(1);
    return is_program(blob, plan::element_count(call.input(1))) ? kOk : check::kBadAttributes;
}

/// Brings a part of x into the local memory, runs the program there, brings it back.
void run(const Call& call, Tiles) noexcept {
    const std::uint32_t elements = plan::element_count(call.input(0));
    const auto* blob = call.in<std::uint8_t>(1);
    auto* local = reinterpret_cast<std::int8_t*>(call.scratch());
    for (std::uint32_t first = 0; first < elements; first += kLocalBytes) {
        const std::uint32_t count = std::min(kLocalBytes, elements - first);
        std::memcpy(local, call.in<std::int8_t>(0) + first, count);
        for (std::uint32_t pc = 0; pc < blob[4]; ++pc) {
            for (std::uint32_t i = 0; i < count; ++i) {
                local[i] = execute(blob + kHeaderBytes + std::size_t{2} * pc, local[i]);
            }
        }
        std::memcpy(call.out<std::int8_t>(0) + first, local, count);
    }
}

std::uint32_t tiles(const Call&) {
    return 1;
}

std::uint32_t scratch(const Call&) {
    return kLocalBytes;
}

}  // namespace

std::vector<std::uint8_t> blob_of(const std::vector<Instruction>& program) {
    std::vector<std::uint8_t> blob(kMagic.begin(), kMagic.end());
    blob.push_back(static_cast<std::uint8_t>(program.size()));
    for (const Instruction& instruction : program) {
        blob.push_back(static_cast<std::uint8_t>(instruction.opcode));
        blob.push_back(static_cast<std::uint8_t>(instruction.constant));
    }
    return blob;
}

KernelEntry kernel() {
    return {.op = OpId::foreign,
            .input = plan::Type::s8,
            .weight = plan::Type::u8,
            .output = plan::Type::s8,
            .layout = kLayout,
            .needs = 0,
            .run = run,
            .check = check,
            .tiles = tiles,
            .scratch = scratch};
}

}  // namespace verge::fake
