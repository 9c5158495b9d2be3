/** The server's own protocol: /v1. */
@NullMarked
package org.trm4j.server.solve;

import org.jspecify.annotations.NullMarked;
