package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.task.Objective;

/**
 * One term of a loss and its gradient with respect to its logits. The host gives each row a weight,
 * which holds the mask, the factor and the denominator: {@code loss = sum over rows of weight_r *
 * l_r}, and {@code gradient_r = gradientScale * share * weight_r * dl_r / dlogits_r}. Rows of
 * weight 0 count for nothing, whatever their logits and targets are. In double precision.
 *
 * <p>l of a row x of W logits: {@link Objective.Term.LossKind#SOFTMAX} {@code log(sum exp(x)) -
 * x_t} and {@link Objective.Term.LossKind#STABLE_MAX} {@code -log(s(x_t) / sum s(x))} with the
 * class t of the row ({@link Loss} has s); {@link Objective.Term.LossKind#BINARY} the mean over the
 * W logits of {@code -(positive * t * log p + negative * (1 - t) * log(1 - p))}, p the logistic
 * function of the logit and t its target.
 *
 * @param kind of the loss
 * @param logits [R, W]
 * @param target [R, W] for {@code BINARY}; [R] classes otherwise
 * @param weight [R]
 * @param gradient [R, W], overwritten
 * @param loss [1], overwritten
 * @param positive factor of the positive part of {@code BINARY}
 * @param negative factor of the negative part of {@code BINARY}
 * @param share of the gradient, 1 / the number of supervisions of a step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record TermLoss(
    Objective.Term.LossKind kind,
    Buffer logits,
    Buffer target,
    Buffer weight,
    Buffer gradient,
    Buffer loss,
    float positive,
    float negative,
    float share)
    implements Operation {
  /** Checks the shapes. */
  public TermLoss {
    int rows = logits.shape().dim(0);
    long targets = kind == Objective.Term.LossKind.BINARY ? logits.shape().size() : rows;
    if (target.shape().size() != targets
        || weight.shape().size() != rows
        || !gradient.shape().equals(logits.shape())
        || loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "term loss: %s of %s with target %s, weight %s, gradient %s, loss %s, expected matching shapes"
              .formatted(kind, logits, target, weight, gradient, loss));
    }
  }

  @Override
  public List<Buffer> reads() {
    return List.of(logits, target, weight);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(gradient, loss);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public String toString() {
    return "%s, %s = %s loss(%s; %s, %s)"
        .formatted(gradient, loss, kind, logits.name(), target.name(), weight.name());
  }

  /**
   * Whether an answer is exact: {@code target = 1} where the arg-max of every row that counts (the
   * first of equal logits) is its class, and 0 if one is not. A row counts whose class is not
   * negative; where none does, the answer is exact.
   *
   * @param logits [R, W]
   * @param classes [R]
   * @param target [1], overwritten
   */
  public record ExactTarget(Buffer logits, Buffer classes, Buffer target) implements Operation {
    /** Checks the shapes. */
    public ExactTarget {
      if (classes.shape().size() != logits.shape().dim(0) || target.shape().size() != 1) {
        throw new IllegalArgumentException(
            "exact target: %s of %s and %s, expected a class for each row and one target"
                .formatted(target, logits, classes));
      }
    }

    @Override
    public List<Buffer> reads() {
      return List.of(logits, classes);
    }

    @Override
    public List<Buffer> writes() {
      return List.of(target);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public String toString() {
      return "%s = exact(%s; %s)".formatted(target, logits.name(), classes.name());
    }
  }

  /**
   * What the heads of a further step say: {@code target = sigmoid(max(logits))}, and {@code
   * sigmoid(last)} at an example's last supervision step.
   *
   * @param logits [1, 1] each, at least one
   * @param last [1, 1]
   * @param target [1], overwritten
   */
  public record NextStepTarget(List<Buffer> logits, Buffer last, Buffer target)
      implements Operation {
    /** Copies the list and checks the shapes. */
    public NextStepTarget {
      logits = List.copyOf(logits);
      if (logits.isEmpty()
          || logits.stream().anyMatch(logit -> logit.shape().size() != 1)
          || last.shape().size() != 1
          || target.shape().size() != 1) {
        throw new IllegalArgumentException(
            "next-step target: %s of %s and %s, expected one logit each"
                .formatted(target, logits, last));
      }
    }

    @Override
    public List<Buffer> reads() {
      List<Buffer> list = new ArrayList<>(logits);
      list.add(last);
      return list;
    }

    @Override
    public List<Buffer> writes() {
      return List.of(target);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public String toString() {
      return "%s = sigmoid(max(%s), at the last step %s)"
          .formatted(
              target,
              logits.stream().map(Buffer::name).collect(Collectors.joining(", ")),
              last.name());
    }
  }
}
