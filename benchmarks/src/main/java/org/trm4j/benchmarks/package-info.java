/** JMH benchmarks of kernels and of whole supervision steps. */
@NullMarked
package org.trm4j.benchmarks;

import org.jspecify.annotations.NullMarked;
