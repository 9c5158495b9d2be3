/** The shell side of {@code ./mvnw} and {@code ./trm}. */
@NullMarked
package org.trm4j.it.launcher;

import org.jspecify.annotations.NullMarked;
