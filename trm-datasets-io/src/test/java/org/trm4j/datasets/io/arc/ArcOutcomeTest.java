package org.trm4j.datasets.io.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcGrid;

class ArcOutcomeTest {
  private static final ArcGrid WIDE = ArcGrid.of(new int[] {1, 2, 0}, new int[] {9, 0, 4});
  private static final ArcGrid DOT = ArcGrid.of(new int[] {7});
  private static final ArcGrid OTHER = ArcGrid.of(new int[] {7, 7});

  @Test
  void comesBackFromItsText() {
    ArcOutcome outcome = ArcOutcome.of(List.of(WIDE, DOT, OTHER), OTHER, 2);

    assertThat(outcome.text()).isEqualTo("2=2x3:120904,1x1:7");
    assertThat(ArcOutcome.parse(outcome.text())).isEqualTo(new ArcOutcome(2, List.of(WIDE, DOT)));
    // A prediction may begin with the end of its grid.
    ArcGrid none = new ArcGrid(0, 0, new byte[0]);
    ArcGrid flat = new ArcGrid(3, 0, new byte[0]);
    assertThat(ArcOutcome.parse(ArcOutcome.of(List.of(none, flat), flat, 2).text()))
        .isEqualTo(new ArcOutcome(1, List.of(none, flat)));
    assertThat(ArcOutcome.parse(ArcOutcome.of(List.of(), DOT, 2).text()))
        .isEqualTo(new ArcOutcome(-1, List.of()));
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> ArcOutcome.parse("x=1"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("x=1");
  }
}
