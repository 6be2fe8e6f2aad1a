// Writes the small test models into a folder, as the fuzzer's first corpus: fuzz_tflite_seeds
// FOLDER

#include <cstdio>
#include <fstream>

#include "formats/tflite/test_models.hpp"

int main(int count, char** words) {
    using namespace verge::tflite;
    if (count != 2) {
        std::fprintf(stderr, "usage: fuzz_tflite_seeds FOLDER (which must exist)\n");
        return 2;
    }
    for (const NamedModel& one : all_test_models()) {
        for (const auto placement : {Placement::inside, Placement::outside}) {
            const auto file = one.builder.finish(placement);
            const char* ending = placement == Placement::inside ? "" : "_outside";
            std::ofstream out(std::string(words[1]) + "/" + one.name + ending + ".tflite",
                              std::ios::binary);
            out.write(reinterpret_cast<const char*>(file.data()),
                      static_cast<std::streamsize>(file.size()));
        }
    }
    return 0;
}
