/** The model maze-15. */
@NullMarked
package org.trm4j.models.maze15;

import org.jspecify.annotations.NullMarked;
