@NullMarked
package org.trm4j.datasets.io;

import org.jspecify.annotations.NullMarked;
