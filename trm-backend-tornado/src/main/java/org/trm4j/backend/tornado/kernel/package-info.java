/**
 * Kernels, one a file, which TornadoVM compiles for the device: copies, sums, norms and updates;
 * groups of others below.
 */
@NullMarked
package org.trm4j.backend.tornado.kernel;

import org.jspecify.annotations.NullMarked;
