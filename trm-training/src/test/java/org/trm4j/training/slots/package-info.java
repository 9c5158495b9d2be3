@NullMarked
package org.trm4j.training.slots;

import org.jspecify.annotations.NullMarked;
