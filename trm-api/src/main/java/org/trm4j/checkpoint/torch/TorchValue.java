package org.trm4j.checkpoint.torch;

import java.util.List;
import org.trm4j.checkpoint.content.ElementType;

/** What the unpickler makes besides maps, lists, strings, numbers and booleans. */
sealed interface TorchValue {

  /** Python's None. */
  enum None implements TorchValue {
    /** The only one. */
    NONE
  }

  /** Where a group of values on the stack begins. */
  enum Mark implements TorchValue {
    /** The only one. */
    MARK
  }

  /** A tuple. */
  record Tuple(List<Object> items) implements TorchValue {
    public Tuple {
      items = List.copyOf(items);
    }
  }

  /** One of the few names whose calls are understood. */
  enum Callable implements TorchValue {
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    ORDERED_DICT("collections", "OrderedDict"),
    SIZE("torch", "Size");

    final String module;
    final String name;

    Callable(String module, String name) {
      this.module = module;
      this.name = name;
    }
  }

  /**
   * An object of a class, or a function, that is not known here. Nothing is looked up and nothing
   * is made: the name is all that is kept.
   *
   * @param name as the pickle has it
   * @param tensor whether it was made of a tensor or a storage
   */
  record Opaque(String name, boolean tensor) implements TorchValue {}

  /** A storage class, which tells the element type. */
  record StorageType(ElementType type) implements TorchValue {}

  /** A storage: an entry of the zip file. */
  record Storage(ElementType type, String key) implements TorchValue {}

  /** A view of a storage; all numbers in elements. */
  record TensorView(Storage storage, long offset, List<Long> shape, List<Long> strides)
      implements TorchValue {
    public TensorView {
      shape = List.copyOf(shape);
      strides = List.copyOf(strides);
    }
  }
}
