/**
 * The plan: a task lowered to coarse operations over named buffers, and what is derived from one.
 */
@NullMarked
package org.trm4j.plan;

import org.jspecify.annotations.NullMarked;
