/** The models that are served, by name. */
@NullMarked
package org.trm4j.server.catalog;

import org.jspecify.annotations.NullMarked;
