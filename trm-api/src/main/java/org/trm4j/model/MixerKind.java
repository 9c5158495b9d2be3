package org.trm4j.model;

import org.apiguardian.api.API;

/** How a layer lets the positions of a sequence exchange information. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum MixerKind {
  /** Non-causal multi-head self-attention. */
  ATTENTION,
  /** A SwiGLU over the token axis ({@code mlp_t}), for small grids of fixed size. */
  TOKEN_MLP
}
