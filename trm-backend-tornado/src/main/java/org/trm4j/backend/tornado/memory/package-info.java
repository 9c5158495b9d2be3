/** The memory layout on a device. */
@NullMarked
package org.trm4j.backend.tornado.memory;

import org.jspecify.annotations.NullMarked;
