# find_package(verge): the targets verge::tiny, verge::fast and verge::compiler.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/vergeTargets.cmake)
