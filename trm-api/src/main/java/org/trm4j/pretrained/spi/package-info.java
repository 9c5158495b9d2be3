/** What an artifact with a trained model provides. */
@NullMarked
package org.trm4j.pretrained.spi;

import org.jspecify.annotations.NullMarked;
