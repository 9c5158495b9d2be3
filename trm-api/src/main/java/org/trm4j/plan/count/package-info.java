/** How much a plan computes. */
@NullMarked
package org.trm4j.plan.count;

import org.jspecify.annotations.NullMarked;
