@NullMarked
package org.trm4j.training.json;

import org.jspecify.annotations.NullMarked;
