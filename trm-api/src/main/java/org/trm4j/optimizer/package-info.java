/** What one update does to which parameters, as data. */
@NullMarked
package org.trm4j.optimizer;

import org.jspecify.annotations.NullMarked;
