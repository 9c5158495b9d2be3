/** What Java Flight Recorder sees of training. */
@NullMarked
package org.trm4j.training.jfr;

import org.jspecify.annotations.NullMarked;
