/** The choice of a backend on the command line. */
@NullMarked
package org.trm4j.cli.backend;

import org.jspecify.annotations.NullMarked;
