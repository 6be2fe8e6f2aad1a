# Cortex-M0: ARMv6-M, no FPU, no divide, no unaligned access.
set(VERGE_TARGET cortex-m0)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m0 -mfloat-abi=soft")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
