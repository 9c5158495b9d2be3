/** The buffers of a plan: what they hold, how latent states start, where they lie. */
@NullMarked
package org.trm4j.plan.buffer;

import org.jspecify.annotations.NullMarked;
