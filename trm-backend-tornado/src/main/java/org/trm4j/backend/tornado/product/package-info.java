/** The ways to multiply matrices, and their choice. */
@NullMarked
package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.NullMarked;
