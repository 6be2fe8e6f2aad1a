# GCC for Cortex-M without an operating system and without a C library. A thin file per core sets
# VERGE_TARGET and VERGE_CPU_FLAGS and includes this one.
# Debian packages: gcc-arm-none-eabi libnewlib-dev libstdc++-arm-none-eabi-dev (headers only).
include(${CMAKE_CURRENT_LIST_DIR}/firmware_flags.cmake)

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR ${VERGE_TARGET})  # operators/CMakeLists.txt chooses kernels by it
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_C_FLAGS_INIT "${VERGE_CPU_FLAGS} -mthumb ${VERGE_FIRMWARE_C_FLAGS}")
set(CMAKE_CXX_FLAGS_INIT "${VERGE_CPU_FLAGS} -mthumb ${VERGE_FIRMWARE_CXX_FLAGS}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "${VERGE_FIRMWARE_LINK_FLAGS}")
