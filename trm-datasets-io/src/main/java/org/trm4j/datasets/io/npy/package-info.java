/** The folders of NumPy arrays that the published Python builders write. */
@NullMarked
package org.trm4j.datasets.io.npy;

import org.jspecify.annotations.NullMarked;
