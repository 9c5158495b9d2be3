package org.trm4j.cli.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.trm4j.dataset.spi.DatasetException;

/** Draws pictures side by side as PNG. */
final class PngPicture {
  private static final int CELL = SvgPicture.CELL;
  private static final int GAP = SvgPicture.GAP;

  private PngPicture() {}

  static void write(List<Picture> pictures, Path file) {
    int width = GAP;
    int height = 0;
    for (Picture picture : pictures) {
      width += picture.columns() * CELL + GAP;
      height = Math.max(height, picture.rows() * CELL + 2 * GAP);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    int left = GAP;
    for (Picture picture : pictures) {
      draw(picture, left, graphics);
      left += picture.columns() * CELL + GAP;
    }
    graphics.dispose();
    try {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new IOException("no PNG writer in this Java");
      }
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void draw(Picture picture, int left, Graphics2D graphics) {
    for (int row = 0; row < picture.rows(); row++) {
      for (int column = 0; column < picture.columns(); column++) {
        int x = left + column * CELL;
        int y = GAP + row * CELL;
        int token = picture.token(row, column);
        graphics.setColor(new Color(picture.palette().colour(token)));
        graphics.fillRect(x, y, CELL, CELL);
        graphics.setColor(new Color(0x999999));
        graphics.drawRect(x, y, CELL, CELL);
        String symbol = picture.codec().symbol(token).strip();
        if (!picture.palette().coloured() && !symbol.isEmpty() && !symbol.equals(".")) {
          boolean given = picture.given(row, column);
          graphics.setFont(new Font(Font.SANS_SERIF, given ? Font.BOLD : Font.PLAIN, 15));
          graphics.setColor(given ? Color.BLACK : new Color(0x1A7F37));
          int wide = graphics.getFontMetrics().stringWidth(symbol);
          graphics.drawString(symbol, x + (CELL - wide) / 2, y + 17);
        }
      }
    }
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(2));
    graphics.drawRect(left, GAP, picture.columns() * CELL, picture.rows() * CELL);
    for (int row = 1; row < picture.rows(); row++) {
      if (picture.thickAbove(row)) {
        graphics.drawLine(
            left, GAP + row * CELL, left + picture.columns() * CELL, GAP + row * CELL);
      }
    }
    for (int column = 1; column < picture.columns(); column++) {
      if (picture.thickBefore(column)) {
        graphics.drawLine(
            left + column * CELL, GAP, left + column * CELL, GAP + picture.rows() * CELL);
      }
    }
    graphics.setStroke(new BasicStroke(1));
  }
}
