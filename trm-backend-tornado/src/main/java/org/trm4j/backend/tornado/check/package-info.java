/** Whether a device computes what it should. */
@NullMarked
package org.trm4j.backend.tornado.check;

import org.jspecify.annotations.NullMarked;
