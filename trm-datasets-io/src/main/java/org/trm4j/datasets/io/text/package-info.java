/** Puzzles in text files: rows, sampling, and rows that are left out. */
@NullMarked
package org.trm4j.datasets.io.text;

import org.jspecify.annotations.NullMarked;
