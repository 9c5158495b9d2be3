/** The backend that compiles a plan's kernels with TornadoVM. */
@NullMarked
package org.trm4j.backend.tornado;

import org.jspecify.annotations.NullMarked;
