/** What backends have in common, written once. */
@NullMarked
package org.trm4j.backend.support;

import org.jspecify.annotations.NullMarked;
