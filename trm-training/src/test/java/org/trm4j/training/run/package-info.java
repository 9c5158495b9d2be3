@NullMarked
package org.trm4j.training.run;

import org.jspecify.annotations.NullMarked;
