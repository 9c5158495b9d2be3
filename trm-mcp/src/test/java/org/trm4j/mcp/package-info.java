@NullMarked
package org.trm4j.mcp;

import org.jspecify.annotations.NullMarked;
