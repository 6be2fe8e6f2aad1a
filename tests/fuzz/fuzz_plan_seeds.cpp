// Writes the small plans into a folder, as the first corpus: fuzz_plan_seeds FOLDER

#include <cstdio>

#include "tests/fuzz/plans.hpp"
#include "tests/fuzz/write_seed.hpp"

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: fuzz_plan_seeds FOLDER (which must exist)\n");
        return 2;
    }
    const auto plans = verge::fuzz::small_plans();
    if (!plans.ok()) {
        std::fprintf(stderr, "%s\n", plans.error().message().c_str());
        return 1;
    }
    for (const auto& plan : plans.value()) {
        verge::fuzz::write_seed(words[1], plan.name + ".vrg", plan.file);
    }
    return 0;
}
