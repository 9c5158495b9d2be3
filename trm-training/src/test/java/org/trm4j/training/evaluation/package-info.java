@NullMarked
package org.trm4j.training.evaluation;

import org.jspecify.annotations.NullMarked;
