/**
 * Imports published checkpoints as runs of this library, and exports models to published formats.
 */
@NullMarked
package org.trm4j.exchange;

import org.jspecify.annotations.NullMarked;
