/** The API of a host application: open a model, solve puzzles, read verified answers. */
@NullMarked
package org.trm4j;

import org.jspecify.annotations.NullMarked;
