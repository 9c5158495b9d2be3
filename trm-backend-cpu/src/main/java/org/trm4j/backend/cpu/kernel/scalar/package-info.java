/** The kernels as plain loops. */
@NullMarked
package org.trm4j.backend.cpu.kernel.scalar;

import org.jspecify.annotations.NullMarked;
