@NullMarked
package org.trm4j.datasets.npy;

import org.jspecify.annotations.NullMarked;
