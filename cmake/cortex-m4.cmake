# Cortex-M4F: ARMv7E-M with DSP instructions and a single-precision FPU.
set(VERGE_TARGET cortex-m4)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
