/** The common parts of backends, written once. */
@NullMarked
package org.trm4j.backend.support;

import org.jspecify.annotations.NullMarked;
