/** The kernels of the output heads and of the loss. */
@NullMarked
package org.trm4j.backend.tornado.kernel.head;

import org.jspecify.annotations.NullMarked;
