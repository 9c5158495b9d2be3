/** The recursions that the field has published, one provider a file. */
@NullMarked
package org.trm4j.recursion.published;

import org.jspecify.annotations.NullMarked;
