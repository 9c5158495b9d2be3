/** The kernels of the convolution over a grid. */
@NullMarked
package org.trm4j.backend.tornado.kernel.convolution;

import org.jspecify.annotations.NullMarked;
