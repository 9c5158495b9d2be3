/** The kernels of the embedding and its gradient. */
@NullMarked
package org.trm4j.backend.tornado.kernel.embedding;

import org.jspecify.annotations.NullMarked;
