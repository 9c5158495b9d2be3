/**
 * The plan in double precision, straight from the Javadoc of its operations: loops over dense
 * arrays, made to be read. It is what every backend is compared with.
 */
@NullMarked
package org.trm4j.tck.oracle;

import org.jspecify.annotations.NullMarked;
