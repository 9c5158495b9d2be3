/** Contract suite for backends, data sets and recursion policies. */
@NullMarked
package org.trm4j.tck;

import org.jspecify.annotations.NullMarked;
