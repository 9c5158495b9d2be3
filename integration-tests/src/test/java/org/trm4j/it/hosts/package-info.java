/** Host applications and plug-ins of strangers, run as processes. */
@NullMarked
package org.trm4j.it.hosts;

import org.jspecify.annotations.NullMarked;
