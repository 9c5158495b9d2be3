/** The optimizers of the field, one a file. */
@NullMarked
package org.trm4j.optimizer.published;

import org.jspecify.annotations.NullMarked;
