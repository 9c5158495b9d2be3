package org.trm4j.cli.data;

import java.util.List;
import java.util.Locale;

/** Draws pictures side by side as SVG. */
final class SvgPicture {
  static final int CELL = 24;
  static final int GAP = 24;

  private SvgPicture() {}

  static String draw(List<Picture> pictures) {
    int width = GAP;
    int height = 0;
    StringBuilder body = new StringBuilder();
    for (Picture picture : pictures) {
      draw(picture, width, GAP, body);
      width += picture.columns() * CELL + GAP;
      height = Math.max(height, picture.rows() * CELL + 2 * GAP);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s">
    <rect width="%s" height="%s" fill="#ffffff"/>
    %s</svg>
    """
        .formatted(width, height, width, height, width, height, body);
  }

  private static void draw(Picture picture, int left, int top, StringBuilder out) {
    for (int row = 0; row < picture.rows(); row++) {
      for (int column = 0; column < picture.columns(); column++) {
        int token = picture.token(row, column);
        int x = left + column * CELL;
        int y = top + row * CELL;
        out.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#%06x\" stroke=\"#999999\" stroke-width=\"0.5\"/>\n",
                x,
                y,
                CELL,
                CELL,
                picture.palette().colour(token)));
        String symbol = picture.codec().symbol(token).strip();
        if (!picture.palette().coloured() && !symbol.isEmpty() && !symbol.equals(".")) {
          out.append(
              String.format(
                  Locale.ROOT,
                  "<text x=\"%s\" y=\"%s\" font-family=\"sans-serif\" font-size=\"15\" text-anchor=\"middle\"%s>%s</text>\n",
                  x + CELL / 2,
                  y + 17,
                  picture.given(row, column)
                      ? " font-weight=\"bold\" fill=\"#000000\""
                      : " fill=\"#1a7f37\"",
                  escape(symbol)));
        }
      }
    }
    lines(picture, left, top, out);
  }

  private static void lines(Picture picture, int left, int top, StringBuilder out) {
    int right = left + picture.columns() * CELL;
    int bottom = top + picture.rows() * CELL;
    for (int row = 0; row <= picture.rows(); row++) {
      if (row == 0 || row == picture.rows() || picture.thickAbove(row)) {
        line(left, top + row * CELL, right, top + row * CELL, out);
      }
    }
    for (int column = 0; column <= picture.columns(); column++) {
      if (column == 0 || column == picture.columns() || picture.thickBefore(column)) {
        line(left + column * CELL, top, left + column * CELL, bottom, out);
      }
    }
  }

  private static void line(int x1, int y1, int x2, int y2, StringBuilder out) {
    out.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#000000\" stroke-width=\"2\"/>\n"
            .formatted(x1, y1, x2, y2));
  }

  /** Returns text as it stands in an XML document. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
