/** The facade as a host application meets it: errors, stops, sessions, files. */
@NullMarked
package org.trm4j.it.facade;

import org.jspecify.annotations.NullMarked;
