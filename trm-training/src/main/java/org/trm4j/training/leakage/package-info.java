/** Checks whether a model was trained on its test puzzles. */
@NullMarked
package org.trm4j.training.leakage;

import org.jspecify.annotations.NullMarked;
