/** What Java Flight Recorder sees of loading and solving. */
@NullMarked
package org.trm4j.jfr;

import org.jspecify.annotations.NullMarked;
