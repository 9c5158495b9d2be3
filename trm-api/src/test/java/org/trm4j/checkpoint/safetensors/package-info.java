/** Tests of safetensors files. */
@NullMarked
package org.trm4j.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
