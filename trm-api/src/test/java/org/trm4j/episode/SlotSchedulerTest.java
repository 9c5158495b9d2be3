package org.trm4j.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.episode.SlotScheduler.Round;

class SlotSchedulerTest {
  private final List<String> log = new ArrayList<>();
  private final Deque<Work> waiting = new ArrayDeque<>();

  /** Ends by itself after some steps. */
  private final class Work implements SlotWork {
    private final String name;
    private final int length;

    Work(String name, int length) {
      this.name = name;
      this.length = length;
    }

    @Override
    public void begin(int slot) {
      log.add(name + " begins in " + slot);
    }

    @Override
    public void stepped(int slot, int steps) {
      log.add(name + " step " + steps);
    }

    @Override
    public boolean ends(int slot, int steps) {
      return steps >= length;
    }
  }

  private Round round(SlotScheduler<Work> slots) {
    return slots.round(
        waiting::poll,
        () -> false,
        last -> {
          log.add("device" + (last[0] ? " last0" : "") + (last[1] ? " last1" : ""));
          return true;
        },
        (slot, work) -> log.add(work.name + " ended"));
  }

  @Test
  void aFreeSlotTakesWhatComesNext() {
    waiting.addAll(List.of(new Work("a", 1), new Work("b", 9), new Work("c", 1)));
    SlotScheduler<Work> slots = new SlotScheduler<>(2, 3);
    while (round(slots) == Round.STEPPED) {
      log.add("-");
    }
    assertThat(log)
        .containsExactly(
            "a begins in 0",
            "b begins in 1",
            "device",
            "a step 1",
            "b step 1",
            "a ended",
            "-",
            "c begins in 0",
            "device",
            "c step 1",
            "b step 2",
            "c ended",
            "-",
            "device last1",
            "b step 3",
            "b ended",
            "-");
  }

  @Test
  void aStepThatWasGivenUpCountsForNobody() {
    waiting.add(new Work("a", 5));
    SlotScheduler<Work> slots = new SlotScheduler<>(2, 3);
    assertThat(round(slots)).isEqualTo(Round.STEPPED);
    assertThat(slots.round(waiting::poll, () -> false, last -> false, (slot, work) -> {}))
        .isEqualTo(Round.STOPPED);
    assertThat(slots.round(waiting::poll, () -> true, last -> true, (slot, work) -> {}))
        .isEqualTo(Round.STOPPED);
    assertThat(slots.steps(0)).isEqualTo(1);
    assertThat(log).containsExactly("a begins in 0", "device", "a step 1");
  }

  @Test
  void anEndMayReleaseOthersThatHaveTakenTheStep() {
    waiting.addAll(List.of(new Work("a", 1), new Work("b", 1), new Work("c", 1)));
    SlotScheduler<Work> slots = new SlotScheduler<>(2, 3);
    slots.round(
        waiting::poll,
        () -> false,
        last -> true,
        (slot, work) -> {
          log.add(work.name + " ended");
          slots.release(1 - slot);
        });
    assertThat(log)
        .containsExactly("a begins in 0", "b begins in 1", "a step 1", "b step 1", "a ended");
    assertThat(slots.working(1)).isNull();
    assertThat(slots.steps(1)).isEqualTo(1);
  }

  @Test
  void whatIsTakenUpGoesOnWhereItWas() {
    SlotScheduler<Work> slots = new SlotScheduler<>(2, 3);
    slots.resume(0, new Work("a", 9), 2, false);
    slots.resume(1, new Work("b", 9), 1, true);
    assertThat(round(slots)).isEqualTo(Round.STEPPED);
    assertThat(log).containsExactly("device last0", "a step 3", "a ended");
    assertThat(round(slots)).isEqualTo(Round.EMPTY);
  }
}
