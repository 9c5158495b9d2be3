/** Golden values of the published deduction code. */
@NullMarked
package org.trm4j.tck.golden;

import org.jspecify.annotations.NullMarked;
