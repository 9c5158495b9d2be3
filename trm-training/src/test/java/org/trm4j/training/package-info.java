/** Tests of training and evaluation. */
@NullMarked
package org.trm4j.training;

import org.jspecify.annotations.NullMarked;
