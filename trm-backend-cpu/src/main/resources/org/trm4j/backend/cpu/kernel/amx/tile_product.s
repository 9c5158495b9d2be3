# c = a b on AMX tiles: a in rows of bfloat16, b in panels of pairs, c in rows of floats.
#
# One argument, in rdi: the address of 16 words of 8 bytes (TileCall.java writes them):
#     0  address of the tile configuration (64 bytes)
#     8  a: address of the first row
#    16  a: bytes from a row to the next
#    24  b: address of the first panel
#    32  steps of the reduction; each takes 32 products of an element, 64 bytes of a row of a, 2048 bytes of b
#    40  c: address of the first row
#    48  c: bytes from a row to the next
#    56  a: bytes from the first tile of a pair to the second
#    64  pairs of tiles of rows; may be 0
#    72  c: bytes from the first tile of a pair to the second
#    80  panels of 32 columns
#    88  b: bytes from a panel to the next
#    96  c: bytes from a panel to the next
#   104  not 0: one more tile of rows behind the pairs
#   112  a: bytes from a pair to the next
#   120  c: bytes from a pair to the next
#
# Tiles 0 to 3 hold two by two tiles of c, 4 and 5 two tiles of rows of a, 6 and 7 the two tiles of a panel of b.
# Registers rbx, rbp and r12 to r15 are the caller's and are restored; no stack is used beyond that.

.intel_syntax noprefix
.text
block:
 push rbx
 push rbp
 push r12
 push r13
 push r14
 push r15
 mov rax,[rdi]
 ldtilecfg [rax]
 mov rsi,[rdi+16]               # bytes of a row of a
 mov r9,[rdi+48]                # bytes of a row of c
 mov rax,64                     # bytes of a row of a tile of b
 mov rbp,[rdi+80]               # panels to go
 mov r14,[rdi+24]               # this panel of b
 mov r15,[rdi+40]               # this panel of c
3:                              # for each panel:
 mov r12,[rdi+64]               # pairs to go
 mov rbx,[rdi+8]                # this pair of tiles of a
 mov r8,r15                     # this pair of tiles of c
 test r12,r12
 jz 4f
2:                              # for each pair of tiles of rows:
 mov r10,rbx                    # first tile of a
 mov r11,rbx
 add r11,[rdi+56]               # second tile of a
 mov rdx,r14                    # both tiles of b
 mov rcx,[rdi+32]               # steps to go
 tilezero tmm0
 tilezero tmm1
 tilezero tmm2
 tilezero tmm3
 .p2align 5
1:                              # for each step of the reduction: four tiles of products
 tileloadd tmm6,[rdx+rax*1]
 tileloadd tmm4,[r10+rsi*1]
 tileloadd tmm7,[rdx+rax*1+1024]
 tdpbf16ps tmm0,tmm4,tmm6
 tileloadd tmm5,[r11+rsi*1]
 tdpbf16ps tmm1,tmm4,tmm7
 tdpbf16ps tmm2,tmm5,tmm6
 tdpbf16ps tmm3,tmm5,tmm7
 add rdx,2048
 add r10,64
 add r11,64
 dec rcx
 jnz 1b
 mov r13,r8
 add r13,[rdi+72]               # second tile of rows of c
 tilestored [r8+r9*1],tmm0
 tilestored [r8+r9*1+64],tmm1
 tilestored [r13+r9*1],tmm2
 tilestored [r13+r9*1+64],tmm3
 add r8,[rdi+120]
 add rbx,[rdi+112]
 dec r12
 jnz 2b
4:
 cmp qword ptr [rdi+104],0
 je 6f
 mov r10,rbx                    # the tile of rows that is left: two tiles of products a step
 mov rdx,r14
 mov rcx,[rdi+32]
 tilezero tmm0
 tilezero tmm1
 .p2align 5
5:
 tileloadd tmm6,[rdx+rax*1]
 tileloadd tmm4,[r10+rsi*1]
 tileloadd tmm7,[rdx+rax*1+1024]
 tdpbf16ps tmm0,tmm4,tmm6
 tdpbf16ps tmm1,tmm4,tmm7
 add rdx,2048
 add r10,64
 dec rcx
 jnz 5b
 tilestored [r8+r9*1],tmm0
 tilestored [r8+r9*1+64],tmm1
6:
 add r14,[rdi+88]
 add r15,[rdi+96]
 dec rbp
 jnz 3b
 tilerelease                    # so that switching threads costs what it did before
 pop r15
 pop r14
 pop r13
 pop r12
 pop rbp
 pop rbx
 ret
.section .note.GNU-stack
