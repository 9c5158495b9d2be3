/**
 * The operations of a plan, each with its formula, its shapes and its gradient, and the tape that
 * collects the gradients.
 */
@NullMarked
package org.trm4j.plan.operation;

import org.jspecify.annotations.NullMarked;
