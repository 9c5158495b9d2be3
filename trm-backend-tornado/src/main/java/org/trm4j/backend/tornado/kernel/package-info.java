/**
 * Kernels that TornadoVM compiles for the device, one per file: copies, sums, norms and updates.
 * Subpackages hold the other groups.
 */
@NullMarked
package org.trm4j.backend.tornado.kernel;

import org.jspecify.annotations.NullMarked;
