/** The model sudoku-9-deduction. */
@NullMarked
package org.trm4j.models.sudoku9deduction;

import org.jspecify.annotations.NullMarked;
