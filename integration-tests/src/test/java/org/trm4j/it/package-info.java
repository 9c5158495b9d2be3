/** Tests across modules. */
@NullMarked
package org.trm4j.it;

import org.jspecify.annotations.NullMarked;
