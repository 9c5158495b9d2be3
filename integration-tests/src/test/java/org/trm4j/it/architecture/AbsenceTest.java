package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One way to say "absent": what is exported returns an {@code Optional} and never null, and takes
 * no {@code Optional}.
 */
class AbsenceTest {
  /** Records that backends take apart by patterns, where an absent component is null. */
  private static final Set<String> MATCHED =
      Set.of("org.trm4j.plan.buffer", "org.trm4j.plan.operation");

  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  @Test
  void exportedMethodsReturnOptionals() {
    List<String> found = new ArrayList<>();
    int methods = 0;
    for (String name : ExportedTypes.packages()) {
      for (JavaClass type : ExportedTypes.in(name)) {
        List<Method> visible = visible(type.reflect().getDeclaredMethods());
        methods += visible.size();
        if (!MATCHED.contains(name)) {
          visible.stream()
              .filter(method -> mayBeNull(method.getAnnotatedReturnType()))
              .forEach(method -> found.add("returns null: " + method));
        }
      }
    }
    assertThat(methods).isGreaterThan(800);
    assertThat(found).isEmpty();
  }

  @Test
  void exportedMethodsTakeNoOptionals() {
    List<String> found = new ArrayList<>();
    for (String name : ExportedTypes.packages()) {
      for (JavaClass type : ExportedTypes.in(name)) {
        found.addAll(takers(type.reflect()));
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<String> takers(Class<?> type) {
    List<Executable> all = new ArrayList<>(visible(type.getDeclaredMethods()));
    for (Constructor<?> constructor : visible(type.getDeclaredConstructors())) {
      if (!canonical(type, constructor)) {
        all.add(constructor);
      }
    }
    return all.stream()
        .filter(one -> Arrays.stream(one.getParameterTypes()).anyMatch(OPTIONAL::contains))
        .map(one -> "takes an Optional: " + one)
        .toList();
  }

  private static boolean canonical(Class<?> type, Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(),
            constructor.getParameterTypes());
  }

  private static <T extends Executable> List<T> visible(T[] members) {
    return Arrays.stream(members)
        .filter(member -> !member.isSynthetic())
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .toList();
  }

  private static boolean mayBeNull(AnnotatedType type) {
    if (type.isAnnotationPresent(Nullable.class)) {
      return true;
    }
    return switch (type) {
      case AnnotatedArrayType array -> mayBeNull(array.getAnnotatedGenericComponentType());
      case AnnotatedParameterizedType generic ->
          Arrays.stream(generic.getAnnotatedActualTypeArguments()).anyMatch(AbsenceTest::mayBeNull);
      default -> false;
    };
  }

  /** What the rule would find. */
  @SuppressWarnings({"unused", "OptionalUsedAsFieldOrParameterType"})
  public static final class Planted {
    public @Nullable String text() {
      return null;
    }

    public @Nullable String[] elements() {
      return new @Nullable String[1];
    }

    public List<@Nullable String> list() {
      return List.of();
    }

    public Optional<String> fine() {
      return Optional.empty();
    }

    public void take(OptionalInt count) {
      assertThat(count).isEmpty();
    }
  }

  @Test
  void findsWhatIsPlanted() {
    List<Method> visible = visible(Planted.class.getDeclaredMethods());
    assertThat(visible.stream().filter(method -> mayBeNull(method.getAnnotatedReturnType())))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("text", "elements", "list");
    assertThat(takers(Planted.class)).singleElement().asString().contains("Planted.take(");
  }
}
