/** Files of {@code torch.save}, read without running what is in them. */
@NullMarked
package org.trm4j.checkpoint.torch;

import org.jspecify.annotations.NullMarked;
