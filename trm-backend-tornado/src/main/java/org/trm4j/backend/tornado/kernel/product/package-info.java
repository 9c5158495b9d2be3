/** The kernels of matrix products. */
@NullMarked
package org.trm4j.backend.tornado.kernel.product;

import org.jspecify.annotations.NullMarked;
