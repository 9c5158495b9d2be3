/** Contract suites for backends, data sets, recursion policies and halting policies. */
@NullMarked
package org.trm4j.tck;

import org.jspecify.annotations.NullMarked;
