/** The events of loading and solving for Java Flight Recorder. */
@NullMarked
package org.trm4j.jfr;

import org.jspecify.annotations.NullMarked;
