# Cortex-M55: ARMv8.1-M with MVE (integer and float vectors) and an FPU.
set(VERGE_TARGET cortex-m55)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m55 -mfloat-abi=hard")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
