/** Training: {@code trm train}, {@code trm ablate}. */
@NullMarked
package org.trm4j.cli.train;

import org.jspecify.annotations.NullMarked;
