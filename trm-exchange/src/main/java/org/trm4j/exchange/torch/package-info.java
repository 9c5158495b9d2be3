/** Files as torch.save writes them. */
@NullMarked
package org.trm4j.exchange.torch;

import org.jspecify.annotations.NullMarked;
