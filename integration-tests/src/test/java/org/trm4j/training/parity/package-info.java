/** A door for fuzz tests to what is not public. */
@NullMarked
package org.trm4j.training.parity;

import org.jspecify.annotations.NullMarked;
