/** The small models, tasks and single operations that the contracts run. */
@NullMarked
package org.trm4j.tck.sample;

import org.jspecify.annotations.NullMarked;
