@NullMarked
package org.trm4j.datasets.io.download;

import org.jspecify.annotations.NullMarked;
