/** The contract of models in the box. */
@NullMarked
package org.trm4j.tck.pretrained;

import org.jspecify.annotations.NullMarked;
