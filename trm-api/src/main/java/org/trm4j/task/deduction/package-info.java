/** Lattice deduction (arXiv 2605.08605): sets of possible values that shrink between steps. */
@NullMarked
package org.trm4j.task.deduction;

import org.jspecify.annotations.NullMarked;
