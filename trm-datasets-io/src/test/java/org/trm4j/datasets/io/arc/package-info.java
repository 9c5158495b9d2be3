@NullMarked
package org.trm4j.datasets.io.arc;

import org.jspecify.annotations.NullMarked;
