/** Files of the safetensors format, read and written. */
@NullMarked
package org.trm4j.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
