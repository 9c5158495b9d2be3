/** The folder of a run and the state that it goes on from. */
@NullMarked
package org.trm4j.training.checkpoint;

import org.jspecify.annotations.NullMarked;
