@NullMarked
package org.trm4j.pretrained;

import org.jspecify.annotations.NullMarked;
