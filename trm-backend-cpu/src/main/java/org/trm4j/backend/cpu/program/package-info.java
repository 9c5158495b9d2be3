/** Plans as programs: steps, the memory that they work on, and the executor. */
@NullMarked
package org.trm4j.backend.cpu.program;

import org.jspecify.annotations.NullMarked;
