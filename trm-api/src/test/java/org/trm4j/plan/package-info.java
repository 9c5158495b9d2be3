/** Tests of plans. */
@NullMarked
package org.trm4j.plan;

import org.jspecify.annotations.NullMarked;
