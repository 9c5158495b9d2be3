@NullMarked
package org.trm4j.training.checkpoint;

import org.jspecify.annotations.NullMarked;
