/** Training on several data sets at once, by weights that may change with the training step. */
@NullMarked
package org.trm4j.training.mixture;

import org.jspecify.annotations.NullMarked;
