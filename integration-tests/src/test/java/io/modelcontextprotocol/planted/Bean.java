package io.modelcontextprotocol.planted;

/** Stands for a type of the MCP SDK, which is not on this class path, in a planted violation. */
public final class Bean {
  private Bean() {}
}
