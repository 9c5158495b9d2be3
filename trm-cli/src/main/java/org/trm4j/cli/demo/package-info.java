/** {@code trm demo}: a small model trained and put to use. */
@NullMarked
package org.trm4j.cli.demo;

import org.jspecify.annotations.NullMarked;
