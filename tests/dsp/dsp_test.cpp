// A firmware that runs the Cortex-M4 bodies of conv2d, depthwise_conv2d and fully_connected beside
// the reference bodies on pseudo-random cases, without an interpreter, and says on the console
// whether all bits agree. For each case one counted interval for the reference and one for dsp.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "operators/conv2d/kernel_dsp.hpp"
#include "operators/conv2d/kernel_ref.hpp"
#include "operators/depthwise_conv2d/kernel_dsp.hpp"
#include "operators/fully_connected/kernel_dsp.hpp"
#include "ports/board.hpp"
#include "ports/markers.hpp"

namespace {

using namespace verge;
using std::int32_t;
using std::int8_t;
using std::size_t;
using std::uint32_t;

class Random {
public:
    int32_t between(int32_t low, int32_t high) {
        state_ = state_ * 1664525U + 1013904223U;
        return low + static_cast<int32_t>((state_ >> 8U) % static_cast<uint32_t>(high - low + 1));
    }

    void fill(int8_t* values, size_t count) {
        for (size_t i = 0; i < count; ++i) {
            values[i] = static_cast<int8_t>(between(-128, 127));
        }
    }

private:
    uint32_t state_ = 42;
};

/// Operands of a case.
struct Memory {
    int8_t x[20000];
    int8_t weights[40000];
    int8_t packed[40000];
    int8_t wanted[20000];
    int8_t found[20000];
    int32_t bias[256];
    int32_t folded[256];
    int32_t requant[512];
    int32_t requant_packed[512];
    alignas(4) std::int16_t patch[4096];
};

struct Sizes {
    int32_t h, w, c, o, kernel_h, kernel_w, stride, pad, dilation;
};

void put_number(uint32_t value) {
    char text[11] = "0000000000";
    for (int i = 9; i >= 0; --i) {
        text[i] = static_cast<char>('0' + value % 10U);
        value /= 10U;
    }
    const char* first = text;
    while (*first == '0' && first[1] != 0) {
        ++first;
    }
    board::put_text(first);
}

void report(const char* what, uint32_t macs, bool agrees) {
    board::put_text(what);
    board::put_text(" macs ");
    put_number(macs);
    board::put_text(agrees ? " agrees\n" : " DIFFERS\n");
}

/// Pseudo-random bias and requantisation for o channels.
void fill_constants(Memory& m, Random& random, int32_t o) {
    for (int32_t i = 0; i < o; ++i) {
        m.bias[i] = random.between(-20000, 20000);
        m.requant[i] = i % 29 == 5 ? 0 : (1 << 30) + random.between(0, (1 << 24) - 1) * 64;
        m.requant[o + i] = i % 17 == 3 ? random.between(0, 3) : random.between(-12, -3);
    }
}

template <typename Attributes>
Attributes attributes_of(const Sizes& s, Random& random) {
    Attributes a{};
    a.stride_h = a.stride_w = s.stride;
    a.dilation_h = a.dilation_w = s.dilation;
    a.pad_top = a.pad_left = s.pad;
    a.kernel_h = s.kernel_h;
    a.kernel_w = s.kernel_w;
    a.input_offset = random.between(-127, 128);
    a.output_offset = random.between(-128, 127);
    a.clamp_min = random.between(0, 1) != 0 ? a.output_offset : -128;
    a.clamp_max = 127;
    return a;
}

int32_t outputs_of(int32_t in, int32_t kernel, const Sizes& s) {
    return (in + 2 * s.pad - (kernel - 1) * s.dilation - 1) / s.stride + 1;
}

/// Packs as conv2d/layout.hpp says.
void pack(Memory& m, const Conv2D& a, int32_t o, int32_t depth) {
    const uint32_t fours = (static_cast<uint32_t>(depth) + 3U) / 4U;
    const int32_t padded = (o + 1) & ~1;
    std::memset(m.packed, 0, static_cast<size_t>(padded) * fours * 4U);
    for (int32_t i = 0; i < padded; ++i) {
        int32_t sum = 0;
        for (int32_t k = 0; k < depth && i < o; ++k) {
            const int8_t weight = m.weights[i * depth + k];
            const uint32_t at = conv2d_layout::dsp_place(static_cast<uint32_t>(k));
            m.packed[((static_cast<uint32_t>(i) / 2U * fours + at / 4U) * 2U +
                      static_cast<uint32_t>(i) % 2U) *
                         4U +
                     at % 4U] = weight;
            sum += weight;
        }
        m.folded[i] = i < o ? m.bias[i] + sum * a.input_offset : 0;
        m.requant_packed[i] = i < o ? m.requant[i] : 0;
        m.requant_packed[padded + i] = i < o ? m.requant[o + i] : 0;
    }
}

bool try_conv2d(Memory& m, Random& random, const Sizes& s) {
    auto a = attributes_of<Conv2D>(s, random);
    a.groups = 1;
    const int32_t depth = s.kernel_h * s.kernel_w * s.c;
    const int32_t out_h = outputs_of(s.h, s.kernel_h, s);
    const int32_t out_w = outputs_of(s.w, s.kernel_w, s);
    const auto c = static_cast<size_t>(s.c);
    const auto o = static_cast<size_t>(s.o);
    random.fill(m.x, static_cast<size_t>(s.h * s.w) * c);
    random.fill(m.weights, o * static_cast<size_t>(depth));
    fill_constants(m, random, s.o);
    pack(m, a, s.o, depth);
    const size_t in_row = static_cast<size_t>(s.w) * c;
    const size_t out_row = static_cast<size_t>(out_w) * o;
    using kernel::conv2d_ref::Finish32;
    const kernel::conv2d_ref::Shape shape{s.h, s.w, s.c, out_h, out_w, s.o, in_row, c, out_row, o};
    const kernel::conv2d_ref::Data<int8_t, int8_t> data{m.x, m.weights, m.bias, m.requant,
                                                        m.wanted};
    board::count_begin();
    kernel::conv2d_ref::run_rows<Finish32, uint32_t>(a, shape, data, 0,
                                                     static_cast<uint32_t>(out_h));
    board::count_end();
    const auto pixels = static_cast<uint32_t>(out_h * out_w);
    const kernel::conv2d_gather::Geometry g{s.h,
                                            s.w,
                                            s.c,
                                            static_cast<uint32_t>(out_h),
                                            static_cast<uint32_t>(out_w),
                                            static_cast<uint32_t>(s.o),
                                            in_row,
                                            c,
                                            out_row,
                                            o,
                                            static_cast<uint32_t>(depth),
                                            pixels};
    const kernel::conv2d_dsp::Constants constants{m.packed, m.folded, m.requant_packed};
    board::count_begin();
    kernel::conv2d_dsp::run_tiles(a, g, constants, m.x, m.found, m.patch, 0, (pixels + 1) / 2);
    board::count_end();
    const bool agrees = std::memcmp(m.wanted, m.found, pixels * o) == 0;
    report("conv2d", pixels * static_cast<uint32_t>(depth * s.o), agrees);
    return agrees;
}

bool try_depthwise(Memory& m, Random& random, const Sizes& s) {
    auto a = attributes_of<DepthwiseConv2D>(s, random);
    a.multiplier = 1;
    const int32_t taps = s.kernel_h * s.kernel_w;
    const int32_t out_h = outputs_of(s.h, s.kernel_h, s);
    const int32_t out_w = outputs_of(s.w, s.kernel_w, s);
    const auto c = static_cast<size_t>(s.c);
    random.fill(m.x, static_cast<size_t>(s.h * s.w) * c);
    random.fill(m.weights, static_cast<size_t>(taps) * c);
    fill_constants(m, random, s.c);
    using namespace kernel::depthwise_conv2d_ref;
    const Shape shape{s.h,   s.w,
                      s.c,   out_h,
                      out_w, static_cast<size_t>(s.w) * c,
                      c,     static_cast<size_t>(out_w) * c,
                      c};
    Data<int8_t, int8_t> data{m.x, m.weights, m.bias, m.requant, m.wanted};
    board::count_begin();
    run_rows<Finish32, uint32_t>(a, shape, data, 0, static_cast<uint32_t>(out_h));
    board::count_end();
    data.y = m.found;
    board::count_begin();
    kernel::depthwise_conv2d_dsp::run_rows(a, shape, data, 0, static_cast<uint32_t>(out_h));
    board::count_end();
    const auto outputs = static_cast<size_t>(out_h * out_w) * c;
    const bool agrees = std::memcmp(m.wanted, m.found, outputs) == 0;
    report("depthwise_conv2d", static_cast<uint32_t>(outputs) * static_cast<uint32_t>(taps),
           agrees);
    return agrees;
}

bool try_fully_connected(Memory& m, Random& random, uint32_t inputs, uint32_t outputs) {
    FullyConnected a{};
    a.input_offset = random.between(-127, 128);
    a.output_offset = random.between(-128, 127);
    a.clamp_min = -128;
    a.clamp_max = 127;
    random.fill(m.x, inputs);
    random.fill(m.weights, size_t{inputs} * outputs);
    fill_constants(m, random, static_cast<int32_t>(outputs));
    using namespace kernel::fully_connected_ref;
    const Shape shape{inputs, outputs, outputs};
    Data<int8_t, int8_t> data{m.x, m.weights, m.bias, m.requant, m.wanted};
    const uint32_t tiles = (outputs - 1U) / kFullyConnectedBlock + 1U;
    board::count_begin();
    run_blocks<Finish32, uint32_t>(a, shape, data, 0, tiles);
    board::count_end();
    data.y = m.found;
    board::count_begin();
    kernel::fully_connected_dsp::run_blocks(a, shape, data, 0, tiles);
    board::count_end();
    const bool agrees = std::memcmp(m.wanted, m.found, outputs) == 0;
    report("fully_connected", inputs * outputs, agrees);
    return agrees;
}

Sizes any_sizes(Random& random) {
    Sizes s{random.between(3, 9),  random.between(3, 9), random.between(1, 21),
            random.between(1, 19), random.between(1, 3), random.between(1, 3),
            random.between(1, 2),  random.between(0, 2), 1};
    s.dilation = s.h > 4 && s.w > 4 ? random.between(1, 2) : 1;
    return s;
}

}  // namespace

namespace dsp_test {

[[gnu::section(".bss.arena"), gnu::used]] alignas(64) Memory memory;

}  // namespace dsp_test

/// Large cases of real models first (keyword spotting, visual wake words, image classification),
/// then small ones of any shape.
int verge_main() {
    Memory& memory = dsp_test::memory;
    Random random;
    bool agrees = true;
    for (const Sizes& s :
         {Sizes{25, 5, 64, 64, 1, 1, 1, 0, 1}, Sizes{49, 10, 1, 64, 10, 4, 2, 1, 1},
          Sizes{24, 24, 16, 32, 1, 1, 1, 0, 1}, Sizes{16, 16, 16, 16, 3, 3, 1, 1, 1},
          Sizes{48, 48, 3, 8, 3, 3, 2, 1, 1}}) {
        agrees &= try_conv2d(memory, random, s);
    }
    for (const Sizes& s :
         {Sizes{25, 5, 64, 64, 3, 3, 1, 1, 1}, Sizes{24, 24, 32, 32, 3, 3, 1, 1, 1}}) {
        agrees &= try_depthwise(memory, random, s);
    }
    agrees &= try_fully_connected(memory, random, 640, 60);
    for (int i = 0; i < 300; ++i) {
        agrees &= try_conv2d(memory, random, any_sizes(random));
        agrees &= try_depthwise(memory, random, any_sizes(random));
        agrees &= try_fully_connected(memory, random, static_cast<uint32_t>(random.between(1, 70)),
                                      static_cast<uint32_t>(random.between(1, 40)));
    }
    board::put_text(agrees ? "dsp agrees\n" : "dsp DIFFERS\n");
    return agrees ? 0 : 1;
}
