# RISC-V RV32IMC without an operating system: Debian's gcc-riscv64-unknown-elf, which ships libgcc for this
# ISA but no headers. The C++ headers are the target-neutral ones of libstdc++-arm-none-eabi-dev (its
# configuration without FPU) and of libnewlib-dev; both come with the ARM tool chain.
include(${CMAKE_CURRENT_LIST_DIR}/firmware_flags.cmake)
set(VERGE_TARGET rv32imc)

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

file(GLOB verge_cxx_headers /usr/include/newlib/c++/*)
if(NOT verge_cxx_headers)
  message(FATAL_ERROR "rv32imc: no C++ headers in /usr/include/newlib/c++; install libstdc++-arm-none-eabi-dev")
endif()
list(GET verge_cxx_headers -1 verge_cxx_headers)

set(VERGE_CPU_FLAGS "-march=rv32imc -mabi=ilp32")
set(CMAKE_C_FLAGS_INIT "${VERGE_CPU_FLAGS} ${VERGE_FIRMWARE_C_FLAGS} -isystem /usr/include/newlib")
set(CMAKE_CXX_FLAGS_INIT "${VERGE_CPU_FLAGS} ${VERGE_FIRMWARE_CXX_FLAGS} -isystem ${verge_cxx_headers} \
-isystem ${verge_cxx_headers}/arm-none-eabi/thumb/nofp -isystem ${verge_cxx_headers}/arm-none-eabi \
-isystem /usr/include/newlib")
set(CMAKE_EXE_LINKER_FLAGS_INIT "${VERGE_FIRMWARE_LINK_FLAGS}")
