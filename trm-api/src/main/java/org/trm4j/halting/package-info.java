/** The halting policies that come with the library. */
@NullMarked
package org.trm4j.halting;

import org.jspecify.annotations.NullMarked;
