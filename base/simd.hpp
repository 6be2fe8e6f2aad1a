#pragma once
// What SIMD kernels share. Internal linkage and always inlined: a file built for one CPU must leave
// no function behind that another could call.

#include <type_traits>
#include <utility>

/// Behind the parameters of a lambda: it is inlined before arrays are looked at.
#define VERGE_INLINE __attribute__((always_inline))

namespace verge::simd {

template <typename Body, int... I>
[[gnu::always_inline]] static inline void repeat_each(std::integer_sequence<int, I...>,
                                                      const Body& body) {
    (body(std::integral_constant<int, I>{}), ...);
}

/// Calls body(0), body(1) ... body(Count - 1), each with a constant: what the compiler cannot make
/// of a loop in time, so that arrays of vectors that the body indexes stay in registers.
template <int Count, typename Body>
[[gnu::always_inline]] static inline void repeat(const Body& body) {
    repeat_each(std::make_integer_sequence<int, Count>{}, body);
}

}  // namespace verge::simd
