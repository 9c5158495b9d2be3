package org.trm4j.cli.models;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.measure.CurvePoint;

/**
 * A row of a card's table.
 *
 * @param title what puzzles they are
 * @param puzzles how many
 * @param steps figures by supervision steps
 * @param attempts figures by attempts
 * @param untrained that of the untrained network with most attempts; null if not measured
 * @param untrainedPuzzles how many it tried
 */
record CardRow(
    String title,
    int puzzles,
    List<CurvePoint> steps,
    List<CurvePoint> attempts,
    @Nullable CurvePoint untrained,
    int untrainedPuzzles) {}
