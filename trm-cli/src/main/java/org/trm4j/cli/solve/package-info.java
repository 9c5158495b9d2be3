/** Solving and evaluating: {@code trm solve}, {@code trm eval}. */
@NullMarked
package org.trm4j.cli.solve;

import org.jspecify.annotations.NullMarked;
