/** Accuracy against the compute that is spent at solve time. */
@NullMarked
package org.trm4j.cli.curve;

import org.jspecify.annotations.NullMarked;
