/** A strict reader and a writer for the JSON in checkpoint headers; not exported. */
@NullMarked
package org.trm4j.json;

import org.jspecify.annotations.NullMarked;
