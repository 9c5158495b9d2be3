/** Data sets of the field: Sudoku, Maze and ARC-AGI. */
@NullMarked
package org.trm4j.datasets;

import org.jspecify.annotations.NullMarked;
