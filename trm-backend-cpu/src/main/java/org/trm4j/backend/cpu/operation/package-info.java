/** The operations of a plan, one step each. */
@NullMarked
package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.NullMarked;
