@NullMarked
package org.trm4j.training.guice;

import org.jspecify.annotations.NullMarked;
