/** The model: its configuration, its parameters with their published names, and host tensors. */
@NullMarked
package org.trm4j.model;

import org.jspecify.annotations.NullMarked;
