/** Plans as launches of task graphs, and the engine that runs them. */
@NullMarked
package org.trm4j.backend.tornado.program;

import org.jspecify.annotations.NullMarked;
