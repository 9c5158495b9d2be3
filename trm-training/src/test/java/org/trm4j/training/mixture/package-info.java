@NullMarked
package org.trm4j.training.mixture;

import org.jspecify.annotations.NullMarked;
