/** From a task to the nodes of a plan: layers, supervision, differentiation. */
@NullMarked
package org.trm4j.plan.lower;

import org.jspecify.annotations.NullMarked;
