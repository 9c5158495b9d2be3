/** Projects of plug-ins to start from. */
@NullMarked
package org.trm4j.cli.scaffold;

import org.jspecify.annotations.NullMarked;
