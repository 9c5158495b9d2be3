/** Tests of files of {@code torch.save}. */
@NullMarked
package org.trm4j.checkpoint.torch;

import org.jspecify.annotations.NullMarked;
