/** Damaged input, many threads, and use after close. */
@NullMarked
package org.trm4j.it.robustness;

import org.jspecify.annotations.NullMarked;
