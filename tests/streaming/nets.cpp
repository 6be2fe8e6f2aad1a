#include "tests/streaming/nets.hpp"

#include <algorithm>

namespace verge::test {
namespace {

std::string text_of(std::int64_t number) {
    return std::to_string(number);
}

class Maker {
public:
    explicit Maker(std::uint32_t seed) : dice_(seed), is_row_(below(4) == 0) {}

    Net make() {
        time_ = 9 + below(24);
        width_ = is_row_ ? 1 : 1 + below(4);
        channels_ = 1 + below(4);
        zero_ = below(9) - 4;
        Net net;
        net.frames = time_;
        text_ = "input v0: " + type() + "\n";
        const int layers = 1 + below(5);
        for (int i = 0; i < layers && time_ > 1; ++i) {
            add_layer();
        }
        add_end();
        net.text = text_ + "output " + name_ + "\n";
        return net;
    }

private:
    int below(int limit) { return static_cast<int>(dice_() % static_cast<std::uint32_t>(limit)); }

    [[nodiscard]] std::string dims() const {
        const std::string a = text_of(is_row_ ? 1 : time_);
        const std::string b = text_of(is_row_ ? time_ : width_);
        return "s8[1," + a + "," + b + "," + text_of(channels_) + "]";
    }

    [[nodiscard]] std::string type() const { return dims() + " scale 1 zero " + text_of(zero_); }

    std::string fresh_name() { return "v" + text_of(++values_); }

    std::string constant(const std::string& type) {
        const std::string name = "c" + text_of(++constants_);
        text_ += "const " + name + ": " + type + " = random(" + text_of(constants_) + ")\n";
        return name;
    }

    std::string requant() {
        const std::string name = "c" + text_of(++constants_);
        std::string elements;
        for (int i = 0; i < channels_; ++i) {
            elements += text_of(1073741824 + below(1000000000)) + ", ";
        }
        for (int i = 0; i < channels_; ++i) {
            elements += (i == 0 ? "" : ", ") + text_of(-5 - below(4));
        }
        text_ += "const " + name + ": s32[2," + text_of(channels_) + "] = [" + elements + "]\n";
        return name;
    }

    /// A window along time and one across, and what it makes of time_ and width_.
    struct Window {
        int kernel;
        int stride;
        int dilation;
        int pad;
    };

    Window window(int& extent, bool may_dilate) {
        Window w{1 + below(std::min(5, extent)), 1 + (below(3) == 0 ? 1 : 0), 1, 0};
        if (may_dilate && below(3) == 0 && 2 * (w.kernel - 1) < extent) {
            w.dilation = 2;
        }
        const int reach = (w.kernel - 1) * w.dilation + 1;
        if (below(2) == 0) {
            extent = (extent - reach) / w.stride + 1;  // VALID
        } else {
            const int outputs = (extent + w.stride - 1) / w.stride;  // SAME
            w.pad = std::max(0, (outputs - 1) * w.stride + reach - extent) / 2;
            extent = outputs;
        }
        return w;
    }

    std::string window_members(bool may_dilate) {
        Window t = window(time_, may_dilate);
        Window f = is_row_ ? Window{1, 1, 1, 0} : window(width_, may_dilate);
        kernel_time_ = t.kernel;
        kernel_width_ = f.kernel;
        if (is_row_) {
            std::swap(t, f);
        }
        std::string text = "stride_h=" + text_of(t.stride) + ", stride_w=" + text_of(f.stride) +
                           ", kernel_h=" + text_of(t.kernel) + ", kernel_w=" + text_of(f.kernel) +
                           ", pad_top=" + text_of(t.pad) + ", pad_left=" + text_of(f.pad);
        if (may_dilate) {
            text += ", dilation_h=" + text_of(t.dilation) + ", dilation_w=" + text_of(f.dilation);
        }
        return text;
    }

    [[nodiscard]] std::string kernel_dims() const {
        return text_of(is_row_ ? kernel_width_ : kernel_time_) + "," +
               text_of(is_row_ ? kernel_time_ : kernel_width_);
    }

    void emit(const std::string& call, const std::string& members) {
        const std::string name = fresh_name();
        text_ += name + ": " + type() + " = " + call + " {" + members + "}\n";
        name_ = name;
    }

    std::string offsets(int old_zero) {
        zero_ = below(9) - 4;
        return ", input_offset=" + text_of(-old_zero) + ", output_offset=" + text_of(zero_) +
               ", clamp_min=-128, clamp_max=127";
    }

    void add_convolution() {
        const std::string x = name_;
        const std::string inputs = text_of(channels_);
        const std::string members = window_members(true);
        channels_ = 1 + below(5);
        const std::string outputs = text_of(channels_);
        const std::string weights =
            constant("s8[" + outputs + "," + kernel_dims() + "," + inputs + "]");
        const std::string bias = constant("s32[" + outputs + "]");
        const std::string scale = requant();
        emit("conv2d(" + x + ", " + weights + ", " + bias + ", " + scale + ")",
             members + ", groups=1" + offsets(zero_));
    }

    void add_depthwise() {
        const std::string x = name_;
        const std::string members = window_members(true);
        const std::string outputs = text_of(channels_);
        const std::string weights = constant("s8[1," + kernel_dims() + "," + outputs + "]");
        const std::string bias = constant("s32[" + outputs + "]");
        const std::string scale = requant();
        emit("depthwise_conv2d(" + x + ", " + weights + ", " + bias + ", " + scale + ")",
             members + ", multiplier=1" + offsets(zero_));
    }

    void add_pool() {
        const std::string x = name_;
        const std::string op = below(2) == 0 ? "average_pool2d" : "max_pool2d";
        const std::string members = window_members(false);
        emit(op + "(" + x + ")", members + ", clamp_min=-128, clamp_max=127");
    }

    void add_sum() {
        // Twice the same columns, one of them through a table.
        const std::string x = name_;
        const std::string table = constant("u8[256]");
        emit("lookup(" + x + ", " + table + ")", "");
        emit("add(" + x + ", " + name_ + ")",
             "left_shift=20, multiplier1=1073741824, multiplier2=1500000000, "
             "output_multiplier=1073741824, output_shift=-18, clamp_min=-128, clamp_max=127");
    }

    void add_layer() {
        switch (below(6)) {
            case 0:
                return add_depthwise();
            case 1:
                return add_pool();
            case 2:
                return add_sum();
            default:
                return add_convolution();
        }
    }

    /// A mean over time, a layer over all of it, or the columns themselves.
    void add_end() {
        const int end = below(4);
        if (end == 0 || (time_ == 1 && values_ == 0)) {
            add_mean();
        } else if (end == 1) {
            add_layer_over_all();
        } else if (values_ == 0) {
            add_sum();
        }
    }

    void add_mean() {
        const std::string x = name_;
        text_ += "y: s8[1," + text_of(channels_) + "] scale 1 zero 0 = mean(" + x +
                 ") {reduces=[0, 1, 1, 0, 0, 0], multiplier=1073741824, shift=-3}\n";
        name_ = "y";
    }

    void add_layer_over_all() {
        const std::string x = name_;
        const int inputs = time_ * width_ * channels_;
        const int before = zero_;
        channels_ = 3;
        const std::string weights = constant("s8[3," + text_of(inputs) + "]");
        const std::string scale = requant();
        text_ += "y: s8[1,3] scale 1 zero 0 = fully_connected(" + x + ", " + weights + ", _, " +
                 scale + ") {input_offset=" + text_of(-before) +
                 ", clamp_min=-128, clamp_max=127}\n";
        name_ = "y";
    }

    std::mt19937 dice_;
    bool is_row_;
    int time_ = 0;
    int width_ = 0;
    int channels_ = 0;
    int zero_ = 0;
    int kernel_time_ = 0;
    int kernel_width_ = 0;
    int values_ = 0;
    int constants_ = 0;
    std::string name_ = "v0";
    std::string text_;
};

}  // namespace

Net random_net(std::uint32_t seed) {
    return Maker(seed).make();
}

}  // namespace verge::test
