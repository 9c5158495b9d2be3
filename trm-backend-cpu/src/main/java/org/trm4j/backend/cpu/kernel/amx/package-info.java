/**
 * Products of bfloat16 matrices on the tiles of Intel AMX: the machine code, a model of it in Java,
 * and how matrices are laid out for both.
 */
@NullMarked
package org.trm4j.backend.cpu.kernel.amx;

import org.jspecify.annotations.NullMarked;
