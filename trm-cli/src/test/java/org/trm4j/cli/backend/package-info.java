@NullMarked
package org.trm4j.cli.backend;

import org.jspecify.annotations.NullMarked;
