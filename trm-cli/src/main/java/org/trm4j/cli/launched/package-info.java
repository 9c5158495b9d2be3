/** Commands that bring libraries of their own, and run from an artifact of their own. */
@NullMarked
package org.trm4j.cli.launched;

import org.jspecify.annotations.NullMarked;
