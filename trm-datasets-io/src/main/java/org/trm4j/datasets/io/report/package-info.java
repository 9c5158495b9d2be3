/** What a data set holds: counts, duplicates, leakage, invalid examples. */
@NullMarked
package org.trm4j.datasets.io.report;

import org.jspecify.annotations.NullMarked;
