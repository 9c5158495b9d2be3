/** Discovery of plug-ins; the only place that touches ServiceLoader. */
@NullMarked
package org.trm4j.plugin;

import org.jspecify.annotations.NullMarked;
