/** The kernels on the Vector API, the only package that imports it. */
@NullMarked
package org.trm4j.backend.cpu.kernel.vector;

import org.jspecify.annotations.NullMarked;
