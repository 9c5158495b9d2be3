@NullMarked
package org.trm4j.datasets.download;

import org.jspecify.annotations.NullMarked;
