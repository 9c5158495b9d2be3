/** Puzzles on a grid that are described by options alone: symbols, size, rules, symmetries. */
@NullMarked
package org.trm4j.datasets.grid;

import org.jspecify.annotations.NullMarked;
