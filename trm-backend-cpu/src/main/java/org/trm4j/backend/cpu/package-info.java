/** Pure Java backends: {@code cpu-vector} (Vector API) and {@code cpu-scalar}. */
@NullMarked
package org.trm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;
