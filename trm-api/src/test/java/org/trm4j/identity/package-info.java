/** Tests of what models say of themselves. */
@NullMarked
package org.trm4j.identity;

import org.jspecify.annotations.NullMarked;
