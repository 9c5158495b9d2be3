/** The threads of a backend and how they share work. */
@NullMarked
package org.trm4j.backend.cpu.thread;

import org.jspecify.annotations.NullMarked;
