/** Benchmarks of the CPU kernels, in their package because kernels are not public. */
@NullMarked
package org.trm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;
