/** Measures a backend beside the machine's multiply-add peak. */
@NullMarked
package org.trm4j.cli.bench;

import org.jspecify.annotations.NullMarked;
