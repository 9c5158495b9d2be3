package org.trm4j.checkpoint.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.checkpoint.content.ElementType;

/** What the known names do when a pickle calls them; a call of any other makes an opaque value. */
final class TorchCalls {
  /** As many dimensions as numpy has at most. */
  private static final int MAX_RANK = 64;

  /** What an entry of a dictionary counts: it takes as much memory as that many characters. */
  private static final int PAIR = 16;

  private final ReadingBudget budget;

  TorchCalls(ReadingBudget budget) {
    this.budget = budget;
  }

  Object call(Object function, Object arguments) {
    if (function instanceof TorchValue.Opaque opaque) {
      return new TorchValue.Opaque(opaque.name(), opaque.tensor() || ofTensor(arguments));
    }
    if (!(function instanceof TorchValue.Callable callable)) {
      throw new IllegalArgumentException("pickle: call of something that is no function");
    }
    List<Object> items = tuple(arguments, callable.name);
    return switch (callable) {
      case REBUILD_TENSOR -> tensor(items);
      case REBUILD_PARAMETER -> {
        if (!items.isEmpty() && items.getFirst() instanceof TorchValue.Opaque opaque) {
          yield new TorchValue.Opaque(opaque.name(), true);
        }
        if (items.isEmpty() || !(items.getFirst() instanceof TorchValue.TensorView view)) {
          throw new IllegalArgumentException("pickle: parameter without a tensor");
        }
        yield view;
      }
      case ORDERED_DICT -> dictionary(items);
      case SIZE -> new TorchValue.Tuple(items.isEmpty() ? items : tuple(items.getFirst(), "Size"));
    };
  }

  /** Looks one level deep: that is where torch's own functions take their tensors. */
  private static boolean ofTensor(Object value) {
    return value instanceof TorchValue.Tuple(List<Object> items)
        && items.stream()
            .anyMatch(item ->
                item instanceof TorchValue.TensorView
                    || item instanceof TorchValue.Storage
                    || item instanceof TorchValue.Callable callable
                        && callable == TorchValue.Callable.REBUILD_TENSOR
                    || item instanceof TorchValue.Opaque opaque && opaque.tensor());
  }

  /**
   * Returns the storage of a persistent id: ("storage", type, key, device, size); an opaque value
   * where the type is not known.
   */
  static TorchValue storage(Object id) {
    List<Object> items = tuple(id, "persistent id");
    if (items.size() >= 3
        && items.get(0).equals("storage")
        && items.get(1) instanceof TorchValue.Opaque(String name, boolean ignored)) {
      return new TorchValue.Opaque(name, true);
    }
    if (items.size() < 3
        || !items.get(0).equals("storage")
        || !(items.get(1) instanceof TorchValue.StorageType(ElementType type))) {
      throw new IllegalArgumentException("pickle: persistent id is no storage");
    }
    return new TorchValue.Storage(type, text(items.get(2)));
  }

  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("pickle: expected text");
  }

  private TorchValue tensor(List<Object> items) {
    if (!items.isEmpty() && items.getFirst() instanceof TorchValue.Opaque opaque) {
      return new TorchValue.Opaque(opaque.name(), true);
    }
    if (items.size() < 4
        || !(items.get(0) instanceof TorchValue.Storage storage)
        || !(items.get(1) instanceof Long offset)) {
      throw new IllegalArgumentException("pickle: tensor without storage, offset, shape, strides");
    }
    return new TorchValue.TensorView(storage, offset, numbers(items.get(2)), numbers(items.get(3)));
  }

  private List<Long> numbers(Object value) {
    List<Object> items = tuple(value, "shape or strides");
    if (items.size() > MAX_RANK) {
      throw new IllegalArgumentException(
          "pickle: tensor of %s dimensions, expected at most %s".formatted(items.size(), MAX_RANK));
    }
    budget.charge(items.size());
    if (!items.stream().allMatch(Long.class::isInstance)) {
      throw new IllegalArgumentException("pickle: shape or strides that are no whole numbers");
    }
    return items.stream().map(Long.class::cast).toList();
  }

  private Map<String, Object> dictionary(List<Object> items) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!items.isEmpty() && items.getFirst() instanceof List<?> pairs) {
      budget.charge(PAIR * (long) pairs.size());
      for (Object pair : pairs) {
        List<Object> entry = tuple(pair, "OrderedDict");
        if (entry.size() != 2) {
          throw new IllegalArgumentException("pickle: OrderedDict of something else than pairs");
        }
        map.put(Unpickler.key(entry.get(0)), entry.get(1));
      }
    }
    return map;
  }

  private static List<Object> tuple(Object value, String what) {
    if (value instanceof TorchValue.Tuple(List<Object> items)) {
      return items;
    }
    throw new IllegalArgumentException("pickle: %s: expected a tuple".formatted(what));
  }
}
