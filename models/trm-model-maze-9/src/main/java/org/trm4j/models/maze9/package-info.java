/** The model maze-9. */
@NullMarked
package org.trm4j.models.maze9;

import org.jspecify.annotations.NullMarked;
