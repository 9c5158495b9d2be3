/** Tests of discovery and its messages. */
@NullMarked
package org.trm4j.plugin;

import org.jspecify.annotations.NullMarked;
