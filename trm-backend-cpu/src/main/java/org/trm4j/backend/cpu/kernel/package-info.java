/** The inner loops, in a vector and a scalar form, and what both share. */
@NullMarked
package org.trm4j.backend.cpu.kernel;

import org.jspecify.annotations.NullMarked;
