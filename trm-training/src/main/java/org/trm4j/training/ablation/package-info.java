/** Trains several recursion policies alike and compares them. */
@NullMarked
package org.trm4j.training.ablation;

import org.jspecify.annotations.NullMarked;
