@NullMarked
package org.trm4j.datasets.io.json;

import org.jspecify.annotations.NullMarked;
