/** The common parts of this library's data sets, which no plug-in needs. */
@NullMarked
package org.trm4j.datasets.support;

import org.jspecify.annotations.NullMarked;
