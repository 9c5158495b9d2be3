/** Any puzzle on a grid, in files: symbols, size and open cells are found out. */
@NullMarked
package org.trm4j.datasets.io.grid;

import org.jspecify.annotations.NullMarked;
