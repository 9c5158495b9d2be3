/** The parent of the library's exceptions. */
@NullMarked
package org.trm4j.error;

import org.jspecify.annotations.NullMarked;
