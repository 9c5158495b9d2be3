package org.trm4j.cli.train;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trm4j.frontend.DataText;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.config.DataSettings;

/** Reads {@code --data}, once or several times with weights. */
final class DataParts {
  private static final String EXPECTED =
      "expected WEIGHT*LOCATION, such as 0.2*sudoku:train=endless or 0:0,10000:0.5*FOLDER";

  private DataParts() {}

  /** Returns the data sets that the texts name, the first first. */
  static List<DataSettings.Part> parse(List<String> texts) {
    List<DataSettings.Part> parts = new ArrayList<>();
    for (String text : texts) {
      parts.add(part(text, texts.size() > 1));
    }
    return parts;
  }

  private static DataSettings.Part part(String text, boolean several) {
    int star = exists(text) ? -1 : text.indexOf('*');
    if (star < 0) {
      return DataSettings.Part.of(DataText.locate(text), Weight.ONE);
    }
    if (!several) {
      throw new TrainingException(
          "train: --data %s: a weight has no effect on one data set; give --data several times, or leave it out"
              .formatted(text));
    }
    try {
      Weight weight = Weight.parse(text.substring(0, star));
      return DataSettings.Part.of(DataText.locate(text.substring(star + 1)), weight);
    } catch (IllegalArgumentException e) {
      throw new TrainingException(
          "train: --data %s: %s; %s".formatted(text, e.getMessage(), EXPECTED), e);
    }
  }

  /** A file whose name has a star is that file. */
  private static boolean exists(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
