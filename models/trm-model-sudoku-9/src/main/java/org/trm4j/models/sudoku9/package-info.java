/** The model sudoku-9. */
@NullMarked
package org.trm4j.models.sudoku9;

import org.jspecify.annotations.NullMarked;
