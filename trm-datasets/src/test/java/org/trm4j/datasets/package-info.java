@NullMarked
package org.trm4j.datasets;

import org.jspecify.annotations.NullMarked;
