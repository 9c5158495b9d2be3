package org.trm4j.datasets.io.sudoku;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.datasets.sudoku.SudokuShape;

/**
 * How the files of a data set are read.
 *
 * @param alphabet what the characters mean
 * @param shape of all puzzles; null if the number of cells says it
 * @param notes what was found out or assumed, one line each
 */
record SudokuReading(SudokuAlphabet alphabet, @Nullable SudokuShape shape, List<String> notes) {}
