package org.trm4j.server.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.server.catalog.ServedModel;

/**
 * A model.
 *
 * @param name the name in requests
 * @param domain id of its kind of puzzle; empty for a model that takes tokens alone
 * @param options of the kind of puzzle, such as its size
 * @param seqLen S, tokens of a puzzle
 * @param vocabSize V
 * @param grid the layout of the tokens; null without a domain
 * @param tokens what each token means; empty without a domain
 * @param verifies whether answers are checked by the puzzle's rules
 * @param generates whether {@code /v1/models/NAME/puzzle} makes puzzles
 * @param parameters the number of trained parameters
 * @param device the device that runs it
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record ModelJson(
    String name,
    String domain,
    Map<String, String> options,
    int seqLen,
    int vocabSize,
    PuzzleDomain.@Nullable GridShape grid,
    List<TokenJson> tokens,
    boolean verifies,
    boolean generates,
    long parameters,
    String device) {

  /**
   * A token.
   *
   * @param token its number
   * @param character in the compact form; null if it has no single one
   * @param symbol shown in the cell
   * @param blank whether it is an open cell
   * @param meaning in words
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record TokenJson(
      int token, String character, String symbol, boolean blank, String meaning) {}

  static ModelJson of(ServedModel served, boolean generates) {
    PuzzleDomain domain = served.model().domain().orElse(null);
    return new ModelJson(
        served.name(),
        domain == null ? "" : domain.id(),
        domain == null ? Map.of() : domain.options(),
        served.seqLen(),
        served.vocabSize(),
        domain == null ? null : domain.codec().grid(),
        domain == null ? List.of() : tokens(served, domain.codec()),
        domain != null && domain.verifier().isPresent(),
        generates,
        served.model().plan().parameters().stream().mapToLong(p -> p.shape().size()).sum(),
        served.model().device());
  }

  private static List<TokenJson> tokens(ServedModel served, PuzzleCodec codec) {
    List<TokenJson> tokens = new ArrayList<>();
    served
        .domain()
        .characters()
        .forEach((token, character) ->
            tokens.add(
                new TokenJson(
                    token,
                    character,
                    codec.symbol(token),
                    codec.blank(token),
                    codec.meaning(token))));
    return tokens;
  }
}
