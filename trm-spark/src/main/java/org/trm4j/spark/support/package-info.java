/** What jobs of all kinds need: data on executors, and failures of tasks in the library's words. */
@NullMarked
package org.trm4j.spark.support;

import org.jspecify.annotations.NullMarked;
