/** The model sudoku-4. */
@NullMarked
package org.trm4j.models.sudoku4;

import org.jspecify.annotations.NullMarked;
