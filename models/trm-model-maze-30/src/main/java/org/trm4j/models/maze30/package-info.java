/** The model maze-30. */
@NullMarked
package org.trm4j.models.maze30;

import org.jspecify.annotations.NullMarked;
