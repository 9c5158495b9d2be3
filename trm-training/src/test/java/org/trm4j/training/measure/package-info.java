@NullMarked
package org.trm4j.training.measure;

import org.jspecify.annotations.NullMarked;
