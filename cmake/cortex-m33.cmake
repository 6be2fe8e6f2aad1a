# Cortex-M33: ARMv8-M Mainline with DSP instructions and a single-precision FPU.
set(VERGE_TARGET cortex-m33)
set(VERGE_CPU_FLAGS "-mcpu=cortex-m33 -mfpu=fpv5-sp-d16 -mfloat-abi=hard")
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
