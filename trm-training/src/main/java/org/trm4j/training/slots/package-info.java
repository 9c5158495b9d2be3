/** Which example each slot of a training session works at, and when it halts. */
@NullMarked
package org.trm4j.training.slots;

import org.jspecify.annotations.NullMarked;
