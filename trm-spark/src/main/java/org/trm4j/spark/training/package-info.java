/** Training on a cluster: shards of slots on executors, and a session that represents them all. */
@NullMarked
package org.trm4j.spark.training;

import org.jspecify.annotations.NullMarked;
