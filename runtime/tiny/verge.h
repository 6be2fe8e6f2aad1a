#ifndef VERGE_RUNTIME_TINY_VERGE_H
#define VERGE_RUNTIME_TINY_VERGE_H
/* The tiny runtime for C: a plan runs in the caller's memory, without heap and without an OS. C99.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// NOLINTBEGIN(modernize-use-using,readability-identifier-naming): this is C
/// Room for one model. Nothing in it is for callers; do not copy it while it is open.
typedef union verge_model {
    uint64_t alignment;
    unsigned char bytes[704];
} verge_model;

/// What went wrong, as base/status.inc lists it; 0: nothing. `at` is the byte, step or tensor.
typedef struct verge_fault {
    uint8_t status;
    uint32_t at;
} verge_fault;

/// The kernels that were linked: made by verge_kernels.hpp from a list of VERGE_ENTRY.
typedef struct verge_kernels {
    const void* first;
    size_t count;
} verge_kernels;

// NOLINTEND(modernize-use-using,readability-identifier-naming)

/// Bytes that verge_model_open() needs as `memory` for this plan; 0: the plan is not sound.
size_t verge_model_memory_bytes(const void* plan, size_t plan_bytes);

/// Checks the plan and makes `model` ready to run. `plan` lies on a multiple of 64, `memory` too.
/// Everything that is handed over outlives the model. Inputs and outputs lie in `memory`.
verge_fault verge_model_open(verge_model* model,
                             const void* plan,
                             size_t plan_bytes,
                             verge_kernels kernels,
                             void* memory,
                             size_t memory_bytes);

/// The bytes of input or output `index`, counted from 0, and how many they are (`bytes` may be
/// NULL). NULL: there is no such input or output.
void* verge_model_input(verge_model* model, uint32_t index, size_t* bytes);
const void* verge_model_output(const verge_model* model, uint32_t index, size_t* bytes);

/// One inference. An input may be overwritten: fill it before each run.
void verge_model_run(verge_model* model);

/// Forgets what earlier runs left in the state of a streaming model.
void verge_model_reset(verge_model* model);

/// What a status means, and what to do about it, as words. Never NULL.
const char* verge_status_words(uint8_t status);
const char* verge_status_remedy(uint8_t status);

#ifdef __cplusplus
}
#endif
#endif
