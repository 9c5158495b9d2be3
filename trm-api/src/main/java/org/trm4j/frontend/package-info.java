/**
 * What the front ends of this library (command line, server, agents, cluster jobs) read from text:
 * the library itself takes typed values.
 */
@NullMarked
package org.trm4j.frontend;

import org.jspecify.annotations.NullMarked;
