# Writes the schemas as one C++ file: cmake -DOUT=FILE -DFOLDER=FOLDER -P embed.cmake
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*.json)
list(SORT files)
set(lines "")
foreach(file IN LISTS files)
  get_filename_component(verb ${file} NAME_WE)
  file(READ ${FOLDER}/${file} text)
  string(APPEND lines "    {\"${verb}\", R\"schema(${text})schema\"},\n")
endforeach()
file(WRITE ${OUT} "// Made by apps/verge/schemas/embed.cmake.
#include \"apps/verge/schemas.hpp\"

namespace verge::apps {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSchemas[] = {
${lines}};

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> schemas() {
    return kSchemas;
}

}  // namespace verge::apps
")
