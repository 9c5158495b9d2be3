/**
 * Solving with Apache Spark: a {@code spark.ml} transformer that adds verified answers to a column
 * of puzzles.
 */
@NullMarked
package org.trm4j.spark;

import org.jspecify.annotations.NullMarked;
