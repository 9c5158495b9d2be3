/** The kernels of a task's own inputs, heads and loss terms. */
@NullMarked
package org.trm4j.backend.tornado.kernel.term;

import org.jspecify.annotations.NullMarked;
