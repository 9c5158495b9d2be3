@NullMarked
package org.trm4j.cli;

import org.jspecify.annotations.NullMarked;
