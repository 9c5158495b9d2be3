/** Checkpoints of the published codes: read as runs of this library, and written from them. */
@NullMarked
package org.trm4j.exchange;

import org.jspecify.annotations.NullMarked;
