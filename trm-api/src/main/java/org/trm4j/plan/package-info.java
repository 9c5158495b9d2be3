/** The plan: a program lowered to coarse operations over named buffers, and its derivative. */
@NullMarked
package org.trm4j.plan;

import org.jspecify.annotations.NullMarked;
