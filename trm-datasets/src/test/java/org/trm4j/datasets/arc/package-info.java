@NullMarked
package org.trm4j.datasets.arc;

import org.jspecify.annotations.NullMarked;
