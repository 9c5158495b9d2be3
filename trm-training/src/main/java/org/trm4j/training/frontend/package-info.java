/** The text of command lines about training; not exported to hosts. */
@NullMarked
package org.trm4j.training.frontend;

import org.jspecify.annotations.NullMarked;
