@NullMarked
package org.trm4j.it.pretrained;

import org.jspecify.annotations.NullMarked;
