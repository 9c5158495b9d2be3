/**
 * A demonstration with executor processes on this machine, and the measurements of docs/SPARK.md.
 */
@NullMarked
package org.trm4j.spark.demo;

import org.jspecify.annotations.NullMarked;
