// The words of every status, in a file of their own: a firmware that does not ask for them does not
// hold them.

#include "base/status.hpp"
#include "runtime/tiny/verge.h"

namespace {

struct Words {
    verge::Status status;
    const char* what;
    const char* remedy;
};

constexpr Words kWords[] = {
#define VERGE_STATUS(code, name, what, remedy) {verge::Status::name, what, remedy},
#include "base/status.inc"
#undef VERGE_STATUS
};

constexpr Words kUnknown{verge::Status::ok, "a status of a later version", "look it up there"};

const Words& words_of(std::uint8_t status) {
    for (const Words& words : kWords) {
        if (words.status == static_cast<verge::Status>(status)) {
            return words;
        }
    }
    return kUnknown;
}

}  // namespace

extern "C" {

const char* verge_status_words(uint8_t status) {
    return words_of(status).what;
}

const char* verge_status_remedy(uint8_t status) {
    return words_of(status).remedy;
}

}  // extern "C"
