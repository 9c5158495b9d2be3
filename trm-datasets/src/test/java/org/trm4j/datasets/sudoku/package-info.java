@NullMarked
package org.trm4j.datasets.sudoku;

import org.jspecify.annotations.NullMarked;
