/** The {@code trm data} commands, and pictures of puzzles. */
@NullMarked
package org.trm4j.cli.data;

import org.jspecify.annotations.NullMarked;
