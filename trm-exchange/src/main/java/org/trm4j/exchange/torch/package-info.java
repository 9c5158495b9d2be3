/** Writes files in the format of torch.save. */
@NullMarked
package org.trm4j.exchange.torch;

import org.jspecify.annotations.NullMarked;
