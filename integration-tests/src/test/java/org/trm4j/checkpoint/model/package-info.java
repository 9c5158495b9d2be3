/** A door for fuzz tests to what is not public. */
@NullMarked
package org.trm4j.checkpoint.model;

import org.jspecify.annotations.NullMarked;
