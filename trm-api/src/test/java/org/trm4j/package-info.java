/** Tests of the facade. */
@NullMarked
package org.trm4j;

import org.jspecify.annotations.NullMarked;
