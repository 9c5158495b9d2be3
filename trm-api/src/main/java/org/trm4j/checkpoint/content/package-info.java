/** What a checkpoint file holds, in any format: types of elements, bytes, tensors. */
@NullMarked
package org.trm4j.checkpoint.content;

import org.jspecify.annotations.NullMarked;
