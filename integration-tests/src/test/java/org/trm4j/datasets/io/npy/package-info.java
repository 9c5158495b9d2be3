/** A door for fuzz tests to what is not public. */
@NullMarked
package org.trm4j.datasets.io.npy;

import org.jspecify.annotations.NullMarked;
