/** The server: starting it from the command line or as a Boot application. */
@NullMarked
package org.trm4j.server;

import org.jspecify.annotations.NullMarked;
