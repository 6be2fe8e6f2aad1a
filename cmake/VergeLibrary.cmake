# verge_library(NAME sources...): a library of one room, with the house's flags.
# verge_freestanding_library: the same, built as firmware builds it (no exceptions, no RTTI).
# verge_precompile(NAME headers...): where many small files of a library read the same headers, the presets that ask for
# it read them once. The presets without it see to it that each file includes what it uses.
# verge_test(NAME sources... [LINK libraries...]): a GoogleTest program, its tests known to ctest.

set(VERGE_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Wold-style-cast -Werror
                   $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 misreads std::string sums
                   # libstdc++ 12 deprecates what its own stable_sort calls, and clang 19 says so.
                   $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
set(VERGE_FREESTANDING_FLAGS -fno-exceptions -fno-rtti -fno-threadsafe-statics -ffp-contract=off
                             -ffunction-sections -fdata-sections)

add_library(verge_flags INTERFACE)
target_include_directories(verge_flags INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                                 $<INSTALL_INTERFACE:include/verge>)
target_compile_options(verge_flags INTERFACE $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:${VERGE_WARNINGS}>>
                                             $<BUILD_INTERFACE:-ffp-contract=off>)

function(verge_library name)
  add_library(${name} STATIC ${ARGN})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  if(NOT VERGE_FREESTANDING)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  target_link_libraries(${name} PUBLIC verge_flags)
endfunction()

function(verge_freestanding_library name)
  verge_library(${name} ${ARGN})
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${VERGE_FREESTANDING_FLAGS}>)
endfunction()

function(verge_precompile name)
  if(VERGE_PRECOMPILES)
    list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE headers)
    target_precompile_headers(${name} PRIVATE ${headers})
  endif()
endfunction()

function(verge_test name)
  if(NOT BUILD_TESTING OR VERGE_FREESTANDING)
    return()
  endif()
  cmake_parse_arguments(test "" "" "LINK" ${ARGN})
  add_executable(${name} ${test_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE verge_flags ${test_LINK} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE VERGE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # Test code runs for seconds and is compiled for minutes: the presets choose flags that compile fast.
  target_compile_options(${name} PRIVATE ${VERGE_TEST_FLAGS})
  if(VERGE_PRECOMPILES)
    target_precompile_headers(${name} PRIVATE <gtest/gtest.h> <algorithm> <string> <vector>)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST)
endfunction()
