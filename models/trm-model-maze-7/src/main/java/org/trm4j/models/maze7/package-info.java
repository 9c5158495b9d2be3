/** The model maze-7. */
@NullMarked
package org.trm4j.models.maze7;

import org.jspecify.annotations.NullMarked;
