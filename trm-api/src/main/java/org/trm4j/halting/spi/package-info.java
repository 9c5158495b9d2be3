/** The plug point for halting policies: when a solve stops. */
@NullMarked
package org.trm4j.halting.spi;

import org.jspecify.annotations.NullMarked;
