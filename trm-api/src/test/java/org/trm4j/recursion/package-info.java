/** Tests of recursion programs. */
@NullMarked
package org.trm4j.recursion;

import org.jspecify.annotations.NullMarked;
