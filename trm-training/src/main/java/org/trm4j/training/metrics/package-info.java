/** What a run reports, and to whom. */
@NullMarked
package org.trm4j.training.metrics;

import org.jspecify.annotations.NullMarked;
