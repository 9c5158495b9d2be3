/** Solving the puzzles of a split and comparing the answers with their labels. */
@NullMarked
package org.trm4j.training.evaluation;

import org.jspecify.annotations.NullMarked;
