/** Limits: who may ask, how much at a time, and for how long. */
@NullMarked
package org.trm4j.server.limit;

import org.jspecify.annotations.NullMarked;
