/** The operations with large products, on tiles of bfloat16; see {@code kernel.amx}. */
@NullMarked
package org.trm4j.backend.cpu.operation.tile;

import org.jspecify.annotations.NullMarked;
