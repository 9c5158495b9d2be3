/** Training and evaluation of Tiny Recursive Models. */
@NullMarked
package org.trm4j.training;

import org.jspecify.annotations.NullMarked;
