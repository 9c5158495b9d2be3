/** The {@code trm data} commands. */
@NullMarked
package org.trm4j.cli.data;

import org.jspecify.annotations.NullMarked;
