/** The plug point for transitions: what happens between the supervision steps of a task. */
@NullMarked
package org.trm4j.task.spi;

import org.jspecify.annotations.NullMarked;
