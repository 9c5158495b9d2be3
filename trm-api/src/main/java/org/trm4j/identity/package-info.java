/** What a model was trained on, and whether it belongs to other data. */
@NullMarked
package org.trm4j.identity;

import org.jspecify.annotations.NullMarked;
