/** Measures a trained model: solved puzzles, compute curves, calibration. */
@NullMarked
package org.trm4j.training.measure;

import org.jspecify.annotations.NullMarked;
