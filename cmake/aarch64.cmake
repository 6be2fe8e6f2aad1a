# 64-bit ARM Linux, built on Debian amd64; programs and tests run under qemu-user. Packages, after
# `dpkg --add-architecture arm64`: g++-aarch64-linux-gnu qemu-user libgtest-dev:arm64 libflac-dev:arm64
# zlib1g-dev:arm64. What is headers only comes from the amd64 packages.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64;-L;/usr/aarch64-linux-gnu)
# The compiler of schemas runs here; of the library only headers are used.
set(FlatBuffers_DIR /usr/lib/x86_64-linux-gnu/cmake/flatbuffers)
