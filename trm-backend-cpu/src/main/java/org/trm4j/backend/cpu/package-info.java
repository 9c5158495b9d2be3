/** The providers of the pure-Java CPU backends; the packages below are not API. */
@NullMarked
package org.trm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;
