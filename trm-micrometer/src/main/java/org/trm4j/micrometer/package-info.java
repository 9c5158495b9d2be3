/** Metrics of solving and training for Micrometer. */
@NullMarked
package org.trm4j.micrometer;

import org.jspecify.annotations.NullMarked;
