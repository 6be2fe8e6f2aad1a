#pragma once
// Sine, logarithm and power for tables that the C++ compiler works out. Every function is
// consteval: a firmware holds the finished integers and no floating-point code.

#include <cstdint>

namespace verge::signal::constant {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kLn2 = 0.69314718055994530942;

/// sin(x) for x in [0, pi/2], error below 1e-15.
consteval double sine(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 13; ++n) {
        term *= -x * x / ((2.0 * n) * (2.0 * n + 1.0));
        sum += term;
    }
    return sum;
}

/// The natural logarithm of x, a normal number above zero, error below 1e-15.
consteval double logarithm(double x) {
    int exponent = 0;
    for (; x > 1.4142135623730951; x /= 2) {
        ++exponent;
    }
    for (; x < 0.7071067811865476; x *= 2) {
        --exponent;
    }
    const double z = (x - 1) / (x + 1);
    double power = z;
    double sum = 0;
    for (int n = 1; n < 27; n += 2) {
        sum += power / n;
        power *= z * z;
    }
    return 2 * sum + exponent * kLn2;
}

/// e to the x, relative error below 1e-14 for |x| under 40.
consteval double exponential(double x) {
    const int halvings = static_cast<int>(x / kLn2);
    const double rest = x - halvings * kLn2;
    double term = 1;
    double sum = 1;
    for (int n = 1; n < 20; ++n) {
        term *= rest / n;
        sum += term;
    }
    for (int n = 0; n < halvings; ++n) {
        sum *= 2;
    }
    for (int n = 0; n > halvings; --n) {
        sum /= 2;
    }
    return sum;
}

/// base to the exponent, base above zero.
consteval double power(double base, double exponent) {
    return exponential(exponent * logarithm(base));
}

/// x, zero or above, to the nearest integer, halves up.
consteval std::int32_t nearest(double x) {
    return static_cast<std::int32_t>(x + 0.5);
}

}  // namespace verge::signal::constant
