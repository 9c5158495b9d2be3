/** Tests of the text of command lines. */
@NullMarked
package org.trm4j.frontend;

import org.jspecify.annotations.NullMarked;
