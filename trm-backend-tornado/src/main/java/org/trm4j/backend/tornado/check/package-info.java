/** Checks of whether a device computes correctly. */
@NullMarked
package org.trm4j.backend.tornado.check;

import org.jspecify.annotations.NullMarked;
