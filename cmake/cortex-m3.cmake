# Cortex-M3: ARMv7-M, no FPU.
set(VERGE_TARGET cortex-m3)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m3 -mfloat-abi=soft")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
