/** Models as tools of agents, by the Model Context Protocol. */
@NullMarked
package org.trm4j.mcp;

import org.jspecify.annotations.NullMarked;
