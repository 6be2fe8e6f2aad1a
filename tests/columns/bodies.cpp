#include "tests/columns/bodies.hpp"

#include "operators/average_pool2d/kernel_ref.hpp"
#include "operators/conv2d/kernel_ref.hpp"
#include "operators/depthwise_conv2d/kernel_ref.hpp"
#include "operators/fully_connected/kernel_ref.hpp"
#include "operators/kernel.hpp"
#include "operators/softmax/kernel_ref.hpp"

namespace verge::test {
namespace {

using Values = std::vector<std::int8_t>;

/// The layers of a plan, called in turn; each returns its output.
class Layers {
public:
    explicit Layers(const plan::View& plan) : plan_(plan) {}

    Values convolve(const Values& x) {
        using namespace kernel::conv2d_ref;
        const Call call = next();
        const Sizes s = sizes(call);
        const auto a = call.attributes<Conv2D>();
        Values y(std::size_t{s.out_h} * s.out_w * s.out_c);
        const Shape shape{signed_of(s.in_h),  signed_of(s.in_w),
                          signed_of(s.in_c),  signed_of(s.out_h),
                          signed_of(s.out_w), signed_of(s.out_c),
                          s.in_w * s.in_c,    s.in_c,
                          s.out_w * s.out_c,  s.out_c};
        const Data<std::int8_t, std::int8_t> data{x.data(), call.constant<std::int8_t>(1),
                                                  call.constant<std::int32_t>(2),
                                                  call.constant<std::int32_t>(3), y.data()};
        run_rows<Finish32, std::uint32_t>(a, shape, data, 0, s.out_h);
        return y;
    }

    Values convolve_depthwise(const Values& x) {
        using namespace kernel::depthwise_conv2d_ref;
        const Call call = next();
        const Sizes s = sizes(call);
        const auto a = call.attributes<DepthwiseConv2D>();
        Values y(std::size_t{s.out_h} * s.out_w * s.out_c);
        const Shape shape{signed_of(s.in_h),
                          signed_of(s.in_w),
                          signed_of(s.in_c),
                          signed_of(s.out_h),
                          signed_of(s.out_w),
                          s.in_w * s.in_c,
                          s.in_c,
                          s.out_w * s.out_c,
                          s.out_c};
        const Data<std::int8_t, std::int8_t> data{x.data(), call.constant<std::int8_t>(1),
                                                  call.constant<std::int32_t>(2),
                                                  call.constant<std::int32_t>(3), y.data()};
        run_rows<Finish32, std::uint32_t>(a, shape, data, 0, s.out_h);
        return y;
    }

    /// One window over all rows and columns.
    Values pool(const Values& x) {
        const Call call = next();
        const Sizes s = sizes(call);
        const auto a = call.attributes<Pool2D>();
        Values y(s.out_c);
        for (std::size_t c = 0; c < y.size(); ++c) {
            const pooling::Window<std::int8_t> window{x.data() + c, a.kernel_h, a.kernel_w,
                                                      s.in_w * s.in_c, s.in_c};
            y[c] = pooling::clamp_output(a, kernel::average_pool2d_ref::average(window));
        }
        return y;
    }

    Values connect(const Values& x) {
        using namespace kernel::fully_connected_ref;
        const Call call = next();
        const plan::Tensor& weights = call.input(1);
        Values y(weights.dims[0]);
        const Shape shape{weights.dims[1], weights.dims[0],
                          plan::element_count(call.input(3)) / 2U};
        const Data<std::int8_t, std::int8_t> data{x.data(), call.constant<std::int8_t>(1),
                                                  call.constant<std::int32_t>(2),
                                                  call.constant<std::int32_t>(3), y.data()};
        run_blocks<Finish32, std::uint32_t>(call.attributes<FullyConnected>(), shape, data, 0,
                                            (weights.dims[0] - 1) / kFullyConnectedBlock + 1);
        return y;
    }

    Values normalise(const Values& x) {
        Values y(x.size());
        kernel::softmax_ref::row_fixed(next().attributes<Softmax>(), x.size(), x.data(), y.data());
        return y;
    }

    [[nodiscard]] bool is_depthwise_next() const {
        return plan_.steps()[step_].op == static_cast<std::uint16_t>(OpId::depthwise_conv2d);
    }

private:
    struct Sizes {
        std::uint32_t in_h;
        std::uint32_t in_w;
        std::uint32_t in_c;
        std::uint32_t out_h;
        std::uint32_t out_w;
        std::uint32_t out_c;
    };

    static std::int32_t signed_of(std::uint32_t size) { return static_cast<std::int32_t>(size); }

    static Sizes sizes(const Call& call) {
        const auto& x = call.input(0).dims;
        const auto& y = call.output(0).dims;
        return {x[1], x[2], x[3], y[1], y[2], y[3]};
    }

    Call next() { return {plan_, plan_.steps()[step_++]}; }

    const plan::View& plan_;
    std::size_t step_ = 0;
};

}  // namespace

std::vector<std::int8_t> run_bodies(const plan::View& plan, std::span<const std::byte> input) {
    Values x(input.size());
    std::memcpy(x.data(), input.data(), input.size());
    Layers layers(plan);
    x = layers.convolve(x);
    while (layers.is_depthwise_next()) {
        x = layers.convolve_depthwise(x);
        x = layers.convolve(x);
    }
    return layers.normalise(layers.connect(layers.pool(x)));
}

}  // namespace verge::test
