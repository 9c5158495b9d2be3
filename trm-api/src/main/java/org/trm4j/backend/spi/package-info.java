/** The plug point for backends, and the sessions that a backend opens. */
@NullMarked
package org.trm4j.backend.spi;

import org.jspecify.annotations.NullMarked;
