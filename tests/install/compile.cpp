// Compiles a model with the installed compiler: argv[1] is a .tflite file, argv[2] the plan.

#include "compiler/compile.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

namespace {

verge::Done compile(const char* model, const char* plan) {
    std::ifstream file(model, std::ios::binary);
    const auto text = std::make_shared<std::string>(std::istreambuf_iterator<char>(file),
                                                    std::istreambuf_iterator<char>());
    VERGE_ASSIGN(const verge::compiler::Target target, verge::compiler::find_target("portable"));
    VERGE_ASSIGN(verge::graph::Graph graph,
                 verge::compiler::import_model(std::as_bytes(std::span(*text)), text));
    VERGE_ASSIGN(const verge::compiler::Compiled compiled,
                 verge::compiler::compile(std::move(graph), {.target = target}));
    std::ofstream out(plan, std::ios::binary);
    out.write(reinterpret_cast<const char*>(compiled.plan.data()),
              static_cast<std::streamsize>(compiled.plan.size()));
    return verge::done();
}

}  // namespace

int main(int argc, char** argv) {
    const auto done = argc == 3 ? compile(argv[1], argv[2])
                                : verge::Done(verge::bad_input("two paths are wanted"));
    if (!done.ok()) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return 1;
    }
    return 0;
}
