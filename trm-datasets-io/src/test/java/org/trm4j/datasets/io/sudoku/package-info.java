@NullMarked
package org.trm4j.datasets.io.sudoku;

import org.jspecify.annotations.NullMarked;
