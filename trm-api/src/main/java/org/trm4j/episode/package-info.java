/**
 * Puzzles on their way through the supervision steps of a task: what solving and training share.
 */
@NullMarked
package org.trm4j.episode;

import org.jspecify.annotations.NullMarked;
