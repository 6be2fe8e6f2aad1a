/* The C header as a C program uses it: opens a plan, runs it twice, asks for what is not there.
   Prints the output as hexadecimal digits; anything else that it prints is a failure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/tiny/verge.h"

verge_kernels all_kernels(void); /* kernels.cpp */

#define WANT(condition)                                        \
    if (!(condition)) {                                        \
        printf("line %d: not so: %s\n", __LINE__, #condition); \
        return 1;                                              \
    }

static void fill(verge_model* model) {
    size_t bytes;
    unsigned char* input = verge_model_input(model, 0, &bytes);
    for (size_t i = 0; i < bytes; ++i) {
        input[i] = (unsigned char)(i * 7);
    }
}

int main(int argc, char** argv) {
    static _Alignas(64) unsigned char plan[1 << 20];
    static _Alignas(64) unsigned char memory[1 << 20];
    FILE* file = fopen(argc > 1 ? argv[1] : "model.vrg", "rb");
    WANT(file != NULL);
    const size_t plan_bytes = fread(plan, 1, sizeof plan, file);
    fclose(file);

    const size_t needed = verge_model_memory_bytes(plan, plan_bytes);
    verge_model model;
    WANT(needed > 0 && needed < sizeof memory);
    WANT(verge_model_memory_bytes(plan, plan_bytes - 1) == 0);
    WANT(verge_model_open(&model, plan, plan_bytes / 2, all_kernels(), memory, needed).status != 0);
    const verge_fault small =
        verge_model_open(&model, plan, plan_bytes, all_kernels(), memory, needed - 1);
    WANT(small.status != 0 && small.at == needed);
    WANT(strstr(verge_status_words(small.status), "arena") != NULL);
    WANT(strlen(verge_status_remedy(small.status)) > 0 && strlen(verge_status_words(255)) > 0);
    WANT(verge_model_open(&model, plan, plan_bytes, all_kernels(), memory, needed).status == 0);
    WANT(verge_model_input(&model, 1, NULL) == NULL && verge_model_output(&model, 1, NULL) == NULL);

    size_t bytes;
    unsigned char first[64];
    const unsigned char* output = verge_model_output(&model, 0, &bytes);
    fill(&model);
    verge_model_run(&model);
    WANT(bytes <= sizeof first);
    memcpy(first, output, bytes);
    verge_model_reset(&model);
    fill(&model);
    verge_model_run(&model);
    WANT(memcmp(first, output, bytes) == 0);
    for (size_t i = 0; i < bytes; ++i) {
        printf("%02x", output[i]);
    }
    printf("\n");
    return 0;
}
