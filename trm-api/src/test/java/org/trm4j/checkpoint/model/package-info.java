/** Tests of the descriptions of models. */
@NullMarked
package org.trm4j.checkpoint.model;

import org.jspecify.annotations.NullMarked;
