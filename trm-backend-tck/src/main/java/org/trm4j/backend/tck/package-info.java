/** Contract suite for backends, data sets and recursion policies. */
@NullMarked
package org.trm4j.backend.tck;

import org.jspecify.annotations.NullMarked;
