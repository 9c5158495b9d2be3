@NullMarked
package org.trm4j.backend.cpu.thread;

import org.jspecify.annotations.NullMarked;
