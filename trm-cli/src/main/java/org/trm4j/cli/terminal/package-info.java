/** A person at a terminal: Ctrl-C, a status line, and text from outside made printable. */
@NullMarked
package org.trm4j.cli.terminal;

import org.jspecify.annotations.NullMarked;
