/** The kernels of latent states: starts, draws, and damped and noisy updates. */
@NullMarked
package org.trm4j.backend.tornado.kernel.state;

import org.jspecify.annotations.NullMarked;
