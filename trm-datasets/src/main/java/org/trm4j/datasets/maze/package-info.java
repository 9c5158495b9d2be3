/** Mazes. */
@NullMarked
package org.trm4j.datasets.maze;

import org.jspecify.annotations.NullMarked;
