/** Compares a backend with values that the published code computed. */
@NullMarked
package org.trm4j.training.parity;

import org.jspecify.annotations.NullMarked;
