package org.trm4j.datasets.grid;

import java.util.Arrays;
import org.trm4j.dataset.spi.Symmetry;

/**
 * The smallest form of a question under turns and reflections, with permuted symbols renamed in the
 * order in which they appear. Where bands are exchanged it is {@link GridInvariant} instead: then
 * different puzzles can share a key, but equal ones never have two.
 */
record GridSymmetryKey(GridSymmetries symmetries) implements Symmetry.Key {
  @Override
  public String key(int[] question) {
    if (symmetries.hasBands()) {
      return GridInvariant.of(symmetries.frame(), question);
    }
    int[] best = null;
    for (int symmetry : symmetries.dihedral()) {
      int[] form = renamed(symmetries.turn(question, symmetry).apply(question));
      best = best == null || Arrays.compare(form, best) < 0 ? form : best;
    }
    return Arrays.toString(best);
  }

  private int[] renamed(int[] tokens) {
    int[] names = new int[symmetries.alphabet().vocabSize()];
    Arrays.setAll(names, i -> i);
    for (int[] symbols : symmetries.permuted()) {
      boolean[] permuted = new boolean[names.length];
      for (int symbol : symbols) {
        permuted[symbol] = true;
        names[symbol] = -1;
      }
      int next = 0;
      for (int token : tokens) {
        if (permuted[token] && names[token] < 0) {
          names[token] = symbols[next++];
        }
      }
    }
    int[] result = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      result[i] = names[tokens[i]];
    }
    return result;
  }
}
