// The words of every status, in a file of their own: a firmware that does not ask for them does not
// hold them.

#include "base/status.hpp"
#include "runtime/tiny/verge.h"

extern "C" {

const char* verge_status_words(uint8_t status) {
    switch (static_cast<verge::Status>(status)) {
#define VERGE_STATUS(code, name, what, remedy) \
    case verge::Status::name:                  \
        return what;
#include "base/status.inc"
#undef VERGE_STATUS
    }
    return "a status of a later version";
}

const char* verge_status_remedy(uint8_t status) {
    switch (static_cast<verge::Status>(status)) {
#define VERGE_STATUS(code, name, what, remedy) \
    case verge::Status::name:                  \
        return remedy;
#include "base/status.inc"
#undef VERGE_STATUS
    }
    return "look it up in a later version";
}

}  // extern "C"
