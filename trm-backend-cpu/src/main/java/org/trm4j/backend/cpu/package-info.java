/** The providers of the pure-Java CPU backends; the rooms below are no API. */
@NullMarked
package org.trm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;
