/** Checkpoint files: safetensors, and the zip files that PyTorch writes. */
@NullMarked
package org.trm4j.checkpoint;

import org.jspecify.annotations.NullMarked;
