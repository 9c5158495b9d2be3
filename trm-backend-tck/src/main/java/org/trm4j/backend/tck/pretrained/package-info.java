/** The contract of models in the box. */
@NullMarked
package org.trm4j.backend.tck.pretrained;

import org.jspecify.annotations.NullMarked;
