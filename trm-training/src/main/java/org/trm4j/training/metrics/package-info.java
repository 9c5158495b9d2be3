/** The reports of a run and its listeners. */
@NullMarked
package org.trm4j.training.metrics;

import org.jspecify.annotations.NullMarked;
