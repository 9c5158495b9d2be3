package org.trm4j.backend.cpu.program;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.thread.Team;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.Plan;

/**
 * Runs a program. As many sequences as divide evenly among the workers are run by one worker each;
 * the rest are run one after the other by all workers together. A result is the same either way.
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
   * @param read what it leaves for the host besides logits and q
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
   * Runs a step without gradient; {@code frames} holds a workspace for each worker, and {@code
   * memory} is used where this thread works alone because others use the team.
   */
  public void infer(Team team, List<Sequence> sequences, Frame[] frames, Worker.Memory memory) {
    if (team.isBusy()) {
      team.runAlone(
          memory,
          worker -> {
            for (Sequence sequence : sequences) {
              frames[0].sequence = sequence;
              run(program.segments.getFirst().steps(), frames[0], worker);
              copyOut(frames[0]);
            }
          });
      return;
    }
    int alone = sequences.size() / team.size() * team.size();
    next.set(0);
    team.run(worker -> {
      List<Step> steps = program.segments.getFirst().steps();
      Frame own = frames[worker.index()];
      for (int i = next.getAndIncrement(); i < alone; i = next.getAndIncrement()) {
        own.sequence = sequences.get(i);
        run(steps, own, team.alone(worker));
        copyOut(own);
      }
      worker.await();
      for (int i = alone; i < sequences.size(); i++) {
        if (worker.index() == 0) {
          frames[0].sequence = sequences.get(i);
        }
        worker.await();
        run(steps, frames[0], worker);
        if (worker.index() == 0) {
          copyOut(frames[0]);
        }
      }
    });
  }

  /** Runs a wave with gradient; {@code frames} holds a workspace for each of its sequences. */
  public void train(Team team, Wave wave, List<Frame> frames) {
    int alone = frames.size() / team.size() * team.size();
    next.set(0);
    team.run(worker -> {
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
    }
  }

  private void copyOut(Frame frame) {
    Sequence sequence = frame.sequence;
    if (logits != null) {
      copy(logits, frame, sequence.logits);
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
