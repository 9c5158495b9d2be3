/** The kernels of attention. */
@NullMarked
package org.trm4j.backend.tornado.kernel.attention;

import org.jspecify.annotations.NullMarked;
