/** Tests of checkpoint files. */
@NullMarked
package org.trm4j.checkpoint;

import org.jspecify.annotations.NullMarked;
