/** The steps of tasks with inputs, heads and loss terms of their own. */
@NullMarked
package org.trm4j.backend.cpu.operation.task;

import org.jspecify.annotations.NullMarked;
