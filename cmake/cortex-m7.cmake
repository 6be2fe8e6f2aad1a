# Cortex-M7: ARMv7E-M with DSP instructions and a double-precision FPU.
set(VERGE_TARGET cortex-m7)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
