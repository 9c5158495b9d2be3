/**
 * The plan in double precision, straight from the Javadoc of its operations: loops over dense
 * arrays, written for readability. Every backend is compared with it.
 */
@NullMarked
package org.trm4j.tck.oracle;

import org.jspecify.annotations.NullMarked;
