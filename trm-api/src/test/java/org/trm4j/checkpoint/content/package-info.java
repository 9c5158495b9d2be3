@NullMarked
package org.trm4j.checkpoint.content;

import org.jspecify.annotations.NullMarked;
