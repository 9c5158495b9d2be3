/** The plug point for optimizers. */
@NullMarked
package org.trm4j.optimizer.spi;

import org.jspecify.annotations.NullMarked;
