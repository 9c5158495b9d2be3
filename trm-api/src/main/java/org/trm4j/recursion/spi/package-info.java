/** The plug point for recursion policies. */
@NullMarked
package org.trm4j.recursion.spi;

import org.jspecify.annotations.NullMarked;
