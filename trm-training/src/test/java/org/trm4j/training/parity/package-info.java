/** Tests of the parity runner. */
@NullMarked
package org.trm4j.training.parity;

import org.jspecify.annotations.NullMarked;
