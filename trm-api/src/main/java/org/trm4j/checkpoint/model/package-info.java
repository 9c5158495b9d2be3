/** Models with their description: configuration, recursion, domain, task. */
@NullMarked
package org.trm4j.checkpoint.model;

import org.jspecify.annotations.NullMarked;
