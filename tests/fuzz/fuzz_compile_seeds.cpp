// Writes the small models into a folder, as the first corpus: fuzz_compile_seeds FOLDER

#include <cstdio>

#include "tests/fuzz/models.hpp"
#include "tests/fuzz/write_seed.hpp"

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: fuzz_compile_seeds FOLDER (which must exist)\n");
        return 2;
    }
    for (const auto& model : verge::fuzz::small_models()) {
        verge::fuzz::write_seed(words[1], model.name + ".tflite", model.file);
    }
    return 0;
}
