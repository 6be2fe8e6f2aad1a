#pragma once
// What programs with verbs have in common: words in, one answer out, exit codes 0 done, 1 the
// answer is no, 2 wrong usage or bad input.

#include <span>
#include <string>
#include <vector>

#include "apps/verge/verb.hpp"

namespace verge::apps {

struct Program {
    const char* name;
    const char* purpose;
    std::span<const Verb> verbs;
};

/// Parses the words behind the program's name, calls the verb, prints its answer, and returns the
/// exit code.
int run_program(const Program& program, const std::vector<std::string>& words);

}  // namespace verge::apps
