@NullMarked
package org.trm4j.datasets.io.grid;

import org.jspecify.annotations.NullMarked;
