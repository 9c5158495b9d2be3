@NullMarked
package org.trm4j.training.leakage;

import org.jspecify.annotations.NullMarked;
