package org.trm4j.backend.cpu.program;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.thread.Team;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;

/**
 * Runs a program. Sequences that divide evenly among the workers run on one worker each; the
 * remaining ones run one after the other on all workers together. The results are the same either
 * way.
 */
public final class Runner {
  private final Program program;
  private final @Nullable BufferLocation logits;
  private final @Nullable BufferLocation q;
  private final BufferLocation[] outputs;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Takes a program.
   *
   * @param read what it returns to the host besides logits and q
   */
  public Runner(Program program, Plan plan, List<Buffer> read) {
    this.program = program;
    this.logits = head(plan.logits());
    this.q = head(plan.q());
    this.outputs = read.stream().map(program.context::locate).toArray(BufferLocation[]::new);
  }

  private @Nullable BufferLocation head(Buffer head) {
    return head.shape().size() == 0 ? null : program.context.locate(head);
  }

  /**
   * Runs a step without gradient.
   *
   * @param frames a workspace for each worker that may take a sequence of its own
   * @param memory used when this thread works alone because others use the team
   * @param signal polled once a cycle
   * @return whether it finished; false if the signal ended it
   */
  public boolean infer(
      Team team,
      List<Sequence> sequences,
      Frame[] frames,
      Worker.Memory memory,
      BooleanSupplier signal) {
    Stop stop = new Stop(signal, team);
    for (Frame frame : frames) {
      frame.stop = stop;
      frame.stopped = false;
    }
    try {
      if (team.isBusy()) {
        team.runAlone(memory, worker -> takeAll(sequences, frames[0], worker));
      } else {
        share(team, sequences, frames, stop);
      }
      return !stop.said();
    } finally {
      // The signal must be polled on the calling thread, which carries its context.
      for (Frame frame : frames) {
        frame.stop = null;
      }
    }
  }

  private void share(Team team, List<Sequence> sequences, Frame[] frames, Stop stop) {
    List<Step> steps = program.segments.getFirst().steps();
    int workers = workers(team, sequences.size());
    int alone = sequences.size() / workers * workers;
    next.set(0);
    team.run(
        workers,
        worker -> {
          for (int i = next.getAndIncrement(); i < alone; i = next.getAndIncrement()) {
            Frame own = frames[worker.index()];
            own.sequence = sequences.get(i);
            run(steps, own, team.alone(worker));
            if (own.stopped) {
              break;
            }
            copyOut(own);
          }
          worker.await();
          together(steps, sequences.subList(alone, sequences.size()), frames[0], stop, worker);
        });
  }

  private void takeAll(List<Sequence> sequences, Frame frame, Worker worker) {
    List<Step> steps = program.segments.getFirst().steps();
    for (Sequence sequence : sequences) {
      frame.sequence = sequence;
      run(steps, frame, worker);
      if (frame.stopped) {
        return;
      }
      copyOut(frame);
    }
  }

  private void together(
      List<Step> steps, List<Sequence> sequences, Frame frame, Stop stop, Worker worker) {
    for (Sequence sequence : sequences) {
      if (worker.index() == 0) {
        frame.share(program);
        frame.sequence = sequence;
        frame.stopped = stop.said();
      }
      worker.await();
      if (frame.stopped) {
        return;
      }
      run(steps, frame, worker);
      if (frame.stopped) {
        return;
      }
      if (worker.index() == 0) {
        copyOut(frame);
      }
    }
  }

  /** One worker for each sequence, or as many as one sequence is worth. */
  private int workers(Team team, int sequences) {
    return Math.min(team.size(), Math.max(sequences, program.workers));
  }

  /** Runs a wave with gradient; {@code frames} holds a workspace for each of its sequences. */
  public void train(Team team, Wave wave, List<Frame> frames) {
    int workers = workers(team, frames.size());
    int alone = frames.size() / workers * workers;
    next.set(0);
    team.run(
        workers,
        worker -> {
          for (Program.Segment segment : program.segments) {
            for (int i = next.getAndIncrement(); i < alone; i = next.getAndIncrement()) {
              run(segment.steps(), frames.get(i), team.alone(worker));
            }
            worker.await();
            for (int i = alone; i < frames.size(); i++) {
              run(segment.steps(), frames.get(i), worker);
            }
            if (worker.index() == 0) {
              next.set(0);
            }
            if (segment.last() != null) {
              segment.last().weights(wave, worker);
            }
            worker.await();
          }
          for (int i = worker.index(); i < frames.size(); i += worker.count()) {
            copyOut(frames.get(i));
          }
        });
  }

  private static void run(List<Step> steps, Frame frame, Worker worker) {
    for (Step step : steps) {
      step.run(frame, worker);
      worker.await();
      if (frame.stopped) {
        return;
      }
    }
  }

  private void copyOut(Frame frame) {
    Sequence sequence = frame.sequence;
    if (logits != null) {
      sequence.take(logits.array(frame), logits.offset());
    }
    if (q != null) {
      copy(q, frame, sequence.q);
    }
    for (int i = 0; i < outputs.length; i++) {
      copy(outputs[i], frame, sequence.outputs[i]);
    }
  }

  private static void copy(BufferLocation from, Frame frame, float[] to) {
    System.arraycopy(from.array(frame), from.offset(), to, 0, to.length);
  }
}
