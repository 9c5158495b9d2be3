/** What a trained model can do: solved puzzles counted, compute curves, calibration. */
@NullMarked
package org.trm4j.training.measure;

import org.jspecify.annotations.NullMarked;
