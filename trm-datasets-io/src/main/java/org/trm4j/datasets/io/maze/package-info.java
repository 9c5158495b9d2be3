/** Mazes in files. */
@NullMarked
package org.trm4j.datasets.io.maze;

import org.jspecify.annotations.NullMarked;
