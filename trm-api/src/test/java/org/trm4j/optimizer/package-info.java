/** Tests of optimizers. */
@NullMarked
package org.trm4j.optimizer;

import org.jspecify.annotations.NullMarked;
