@NullMarked
package org.trm4j.datasets.grid;

import org.jspecify.annotations.NullMarked;
