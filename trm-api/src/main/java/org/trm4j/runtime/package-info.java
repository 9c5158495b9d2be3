/** What {@link org.trm4j.Trm} and the trainer do with plug-ins that were found. */
@NullMarked
package org.trm4j.runtime;

import org.jspecify.annotations.NullMarked;
