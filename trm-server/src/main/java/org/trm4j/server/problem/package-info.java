/** Failures as problem+json (RFC 9457). */
@NullMarked
package org.trm4j.server.problem;

import org.jspecify.annotations.NullMarked;
