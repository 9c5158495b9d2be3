package org.trm4j.cli.data;

import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Draws the drafts of an answer as one SVG that moves: one draft a second, then the last one for
 * three. Where a viewer does not animate, or its user asks for less motion, it shows the last one.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class AnimatedDrafts {
  private static final int CELL = 30;
  private static final int MARGIN = 16;
  private static final int CAPTION = 34;
  private static final int LAST_SECONDS = 3;

  private final PuzzleCodec codec;
  private final PuzzleDomain.GridShape grid;
  private final Answer answer;

  private AnimatedDrafts(PuzzleCodec codec, Answer answer) {
    this.codec = codec;
    this.grid = codec.grid();
    this.answer = answer;
  }

  /** Returns the picture; the answer must have been solved with its drafts kept. */
  public static String draw(PuzzleCodec codec, Answer answer) {
    return new AnimatedDrafts(codec, answer).draw();
  }

  /** Returns a draft's step, and what the halting head says of it, where it says anything. */
  public static String caption(Draft draft) {
    String step = "step " + draft.step();
    return draft.haltLogit() == 0
        ? step
        : String.format(Locale.ROOT, "%s, halting head %.1f%%", step, 100 * draft.confidence());
  }

  private String draw() {
    List<Draft> drafts = answer.drafts();
    int width = grid.columns() * CELL + 2 * MARGIN;
    int height = grid.rows() * CELL + 2 * MARGIN + CAPTION;
    int frames = drafts.size() + 1;
    int seconds = frames - 1 + LAST_SECONDS;
    StringBuilder style = new StringBuilder();
    StringBuilder body = new StringBuilder();
    int[] previous = answer.question();
    body.append("<g font-weight=\"700\" fill=\"#1b1f24\">\n");
    for (int at = 0; at < previous.length; at++) {
      symbol(at, previous[at], body);
    }
    body.append("</g>\n");
    frame(0, "the question", previous, previous, body);
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      boolean last = i == drafts.size() - 1;
      String caption = caption(draft) + (last && answer.verified() ? ": verified" : "");
      frame(i + 1, caption, draft.tokens(), previous, body);
      previous = draft.tokens();
    }
    lines(1, 1, "stroke=\"#c9d0d8\"", body);
    lines(grid.boxRows(), grid.boxColumns(), "stroke=\"#1b1f24\" stroke-width=\"2\"", body);
    for (int i = 0; i < frames; i++) {
      style.append(timing(i, i == frames - 1, seconds));
    }
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="system-ui,sans-serif" font-size="18" text-anchor="middle">
        <title>The drafts of a model, one supervision step after another; cells that a step changed are yellow</title>
        <style>
        %3$s@media (prefers-reduced-motion: reduce){g{animation:none!important}}
        </style>
        <rect width="%1$d" height="%2$d" fill="#ffffff"/>
        %4$s</svg>
        """,
        width,
        height,
        style,
        body);
  }

  /** Returns when a frame is seen: for its second, and the last one from its second on. */
  private static String timing(int frame, boolean last, int seconds) {
    int atFirst = frame == 0 ? 1 : 0;
    int afterwards = last ? 1 : 0;
    double from = 100.0 * frame / seconds;
    double to = last ? 100 : 100.0 * (frame + 1) / seconds;
    return String.format(
        Locale.ROOT,
        """
        @keyframes f%1$s{0%%{opacity:%2$s}%3$.2f%%{opacity:1}%4$.2f%%{opacity:%5$s}100%%{opacity:%5$s}}
        .f%1$s{opacity:%5$s;animation:f%1$s %6$ss step-end infinite}
        """,
        frame,
        atFirst,
        from,
        to,
        afterwards,
        seconds);
  }

  private void frame(int number, String caption, int[] shown, int[] previous, StringBuilder out) {
    out.append(String.format(Locale.ROOT, "<g class=\"f%s\" fill=\"#1a7f37\">\n", number));
    for (int at = 0; at < shown.length; at++) {
      cell(at, shown, previous, out);
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%s\" y=\"%s\" font-size=\"16\" fill=\"#1b1f24\">%s</text>\n</g>\n",
            MARGIN + grid.columns() * CELL / 2,
            grid.rows() * CELL + MARGIN + CAPTION - 6,
            caption));
  }

  /** Draws an open cell, or a given one that the draft does not keep; the others never change. */
  private void cell(int at, int[] shown, int[] previous, StringBuilder out) {
    boolean changed = shown[at] != previous[at];
    if (!codec.blank(answer.question()[at]) && shown[at] == answer.question()[at] && !changed) {
      return;
    }
    if (changed) {
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#ffe58a\"/>\n",
              left(at),
              top(at),
              CELL,
              CELL));
    }
    symbol(at, shown[at], out);
  }

  private void symbol(int at, int token, StringBuilder out) {
    String symbol = codec.blank(token) ? "" : codec.symbol(token).strip();
    if (!symbol.isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%s\" y=\"%s\">%s</text>\n",
              left(at) + CELL / 2,
              top(at) + 21,
              SvgPicture.escape(symbol)));
    }
  }

  private int left(int at) {
    return MARGIN + at % grid.columns() * CELL;
  }

  private int top(int at) {
    return MARGIN + at / grid.columns() * CELL;
  }

  /** Draws the lines between cells, or those between boxes. */
  private void lines(int boxRows, int boxColumns, String pen, StringBuilder out) {
    int right = MARGIN + grid.columns() * CELL;
    int bottom = MARGIN + grid.rows() * CELL;
    out.append("<path d=\"");
    for (int row = 0; row <= grid.rows(); row++) {
      if (row == grid.rows() || row % boxRows == 0) {
        out.append(String.format(Locale.ROOT, "M%s %sH%s", MARGIN, MARGIN + row * CELL, right));
      }
    }
    for (int column = 0; column <= grid.columns(); column++) {
      if (column == grid.columns() || column % boxColumns == 0) {
        out.append(String.format(Locale.ROOT, "M%s %sV%s", MARGIN + column * CELL, MARGIN, bottom));
      }
    }
    out.append("\" ").append(pen).append(" stroke-linecap=\"square\"/>\n");
  }
}
