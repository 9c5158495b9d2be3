/** Sudoku of size 4, 6, 9 and 16: codec, verifier, symmetries, solver, generator, files. */
@NullMarked
package org.trm4j.datasets.sudoku;

import org.jspecify.annotations.NullMarked;
