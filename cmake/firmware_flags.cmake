# The flags that every firmware compiler here shares. -ffreestanding alone makes each memcpy of four
# bytes a call; -fbuiltin gives the compiler its knowledge of memcpy back.
set(VERGE_FIRMWARE_C_FLAGS "-ffreestanding -fbuiltin -fno-math-errno -ffp-contract=off -ffunction-sections \
-fdata-sections -fno-unwind-tables -fno-asynchronous-unwind-tables")
set(VERGE_FIRMWARE_CXX_FLAGS "${VERGE_FIRMWARE_C_FLAGS} -fno-exceptions -fno-rtti -fno-threadsafe-statics")
set(VERGE_FIRMWARE_LINK_FLAGS "-nostdlib -Wl,--gc-sections -Wl,--no-warn-rwx-segments")
set(VERGE_FREESTANDING ON)
