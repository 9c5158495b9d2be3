/** Whether a model was trained on what it is tested on. */
@NullMarked
package org.trm4j.training.leakage;

import org.jspecify.annotations.NullMarked;
