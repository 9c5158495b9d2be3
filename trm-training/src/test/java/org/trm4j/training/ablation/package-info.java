@NullMarked
package org.trm4j.training.ablation;

import org.jspecify.annotations.NullMarked;
