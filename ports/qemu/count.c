/* Counts guest instructions exactly: a QEMU plugin that adds up the instructions between two marker
   instructions of the guest (ports/markers.hpp) and in all, and writes both as one line of JSON:
   {"intervals": [1000, 4000], "total": 123456}
   Use: qemu-system-arm ... -plugin count.so,out=FILE

   For QEMU 7.2 to 8.2 (plugin interface 1). Debian ships no header for it, so the few entries used
   are declared here, after QEMU's documentation of TCG plugins. */

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t PluginId;
struct Block;
struct Instruction;

struct PluginInfo {
    const char* target_name;

    struct {
        int lowest;
        int current;
    } version;

    bool is_system;

    struct {
        int processors;
        int most_processors;
    } system;
};

enum RegisterUse { kNoRegisters, kReadRegisters, kWriteRegisters };

enum InlineOperation { kAddUint64 };

typedef void (*BlockTranslated)(PluginId id, struct Block* block);
typedef void (*InstructionReached)(unsigned int processor, void* context);
typedef void (*Ended)(PluginId id, void* context);

extern void qemu_plugin_register_vcpu_tb_trans_cb(PluginId id, BlockTranslated callback);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct Instruction* instruction,
                                                   InstructionReached callback,
                                                   enum RegisterUse use,
                                                   void* context);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct Instruction* instruction,
                                                       enum InlineOperation operation,
                                                       void* where,
                                                       uint64_t amount);
extern void qemu_plugin_register_atexit_cb(PluginId id, Ended callback, void* context);
extern size_t qemu_plugin_tb_n_insns(const struct Block* block);
extern struct Instruction* qemu_plugin_tb_get_insn(const struct Block* block, size_t index);
extern const void* qemu_plugin_insn_data(const struct Instruction* instruction);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;
__attribute__((visibility("default"))) int qemu_plugin_install(PluginId id,
                                                               const struct PluginInfo* info,
                                                               int argc,
                                                               char** argv);

enum Marker { kNotMarker, kBegin, kEnd };

static struct {
    uint64_t total;
    uint64_t begun_at;
    bool counting;
    bool is_riscv;
    uint64_t* intervals;
    size_t interval_count;
    size_t interval_room;
    const char* out;
} state;

/* A Thumb marker is one halfword. Only that is compared: QEMU 7.2 may report two more bytes for the
   last instruction before the end of a 1 KiB page. No 32-bit Thumb instruction starts with these
   halfwords. */
static enum Marker thumb_marker(const uint8_t* bytes) {
    const unsigned half = bytes[0] | (unsigned)bytes[1] << 8;
    return half == 0x46C9   ? kBegin
           : half == 0x46D2 ? kEnd
                            : kNotMarker; /* mov r9,r9; mov r10,r10 */
}

/* Both RISC-V markers are 32-bit; an instruction whose low two bits are not 11 has only two bytes.
 */
static enum Marker riscv_marker(const uint8_t* bytes) {
    if ((bytes[0] & 3) != 3) {
        return kNotMarker;
    }
    const uint32_t word =
        bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    return word == 0x00102013   ? kBegin
           : word == 0x00202013 ? kEnd
                                : kNotMarker; /* slti x0,x0,1; slti x0,x0,2 */
}

static void begin(unsigned int processor, void* context) {
    (void)processor;
    (void)context;
    ++state.total;
    state.begun_at = state.total;
    state.counting = true;
}

static void keep_interval(uint64_t count) {
    if (state.interval_count == state.interval_room) {
        state.interval_room = state.interval_room == 0 ? 64 : 2 * state.interval_room;
        state.intervals = realloc(state.intervals, state.interval_room * sizeof *state.intervals);
        if (state.intervals == NULL) {
            fputs("verge count: no memory for another interval\n", stderr);
            exit(2);
        }
    }
    state.intervals[state.interval_count++] = count;
}

static void end(unsigned int processor, void* context) {
    (void)processor;
    (void)context;
    if (state.counting) {
        keep_interval(state.total - state.begun_at);
    }
    state.counting = false;
    ++state.total;
}

/* Per instruction, not per block: a block that is left early must not count its rest. */
static void translated(PluginId id, struct Block* block) {
    (void)id;
    const size_t count = qemu_plugin_tb_n_insns(block);
    for (size_t i = 0; i < count; ++i) {
        struct Instruction* instruction = qemu_plugin_tb_get_insn(block, i);
        const uint8_t* bytes = qemu_plugin_insn_data(instruction);
        const enum Marker marker = state.is_riscv ? riscv_marker(bytes) : thumb_marker(bytes);
        if (marker == kNotMarker) {
            qemu_plugin_register_vcpu_insn_exec_inline(instruction, kAddUint64, &state.total, 1);
        } else {
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, marker == kBegin ? begin : end,
                                                   kNoRegisters, NULL);
        }
    }
}

static void write_counts(PluginId id, void* context) {
    (void)id;
    (void)context;
    FILE* file = state.out == NULL ? stderr : fopen(state.out, "w");
    if (file == NULL) {
        perror(state.out);
        return;
    }
    fputs("{\"intervals\": [", file);
    for (size_t i = 0; i < state.interval_count; ++i) {
        fprintf(file, "%s%" PRIu64, i == 0 ? "" : ", ", state.intervals[i]);
    }
    fprintf(file, "], \"total\": %" PRIu64 "}\n", state.total);
    if (file != stderr) {
        fclose(file);
    }
}

int qemu_plugin_install(PluginId id, const struct PluginInfo* info, int argc, char** argv) {
    for (int i = 0; i < argc; ++i) {
        if (strncmp(argv[i], "out=", 4) != 0) {
            fprintf(stderr, "verge count: argument '%s' is not known; wanted out=FILE\n", argv[i]);
            return -1;
        }
        state.out = strdup(argv[i] + 4);
    }
    state.is_riscv = strncmp(info->target_name, "riscv", 5) == 0;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, write_counts, NULL);
    return 0;
}
