/* The plan, in flash where the linker script wants it. */
    .section .model, "a"
    .balign 64
    .incbin PLAN
