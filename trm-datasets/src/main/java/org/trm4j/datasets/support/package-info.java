/** What the data sets of this library have in common, and no plug-in needs. */
@NullMarked
package org.trm4j.datasets.support;

import org.jspecify.annotations.NullMarked;
