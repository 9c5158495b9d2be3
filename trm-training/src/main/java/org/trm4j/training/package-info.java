/** Training and evaluation of Tiny Recursive Models; what can go wrong, and rooms for the rest. */
@NullMarked
package org.trm4j.training;

import org.jspecify.annotations.NullMarked;
