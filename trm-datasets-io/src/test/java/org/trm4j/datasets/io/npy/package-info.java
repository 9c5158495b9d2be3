@NullMarked
package org.trm4j.datasets.io.npy;

import org.jspecify.annotations.NullMarked;
