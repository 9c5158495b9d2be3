/** Trained models that come as artifacts: what they are, how they are found, opened and packed. */
@NullMarked
package org.trm4j.pretrained;

import org.jspecify.annotations.NullMarked;
