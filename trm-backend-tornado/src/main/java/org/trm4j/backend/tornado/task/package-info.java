/** The kernels of each operation of a plan, and the switch that chooses them. */
@NullMarked
package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.NullMarked;
