/** The plug point for data sets and puzzle domains. */
@NullMarked
package org.trm4j.dataset.spi;

import org.jspecify.annotations.NullMarked;
