/** The models in the box: chosen, listed, and packed. */
@NullMarked
package org.trm4j.cli.models;

import org.jspecify.annotations.NullMarked;
