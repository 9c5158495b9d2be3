/** The model sudoku-6. */
@NullMarked
package org.trm4j.models.sudoku6;

import org.jspecify.annotations.NullMarked;
