package org.trm4j.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/** What the rules ask that ArchUnit has no word for. */
final class Conditions {
  private Conditions() {}

  static DescribedPredicate<JavaClass> in(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  static DescribedPredicate<JavaClass> outside(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackages(packages);
  }

  static DescribedPredicate<JavaClass> named(String name) {
    return JavaClass.Predicates.type(typeOf(name));
  }

  private static Class<?> typeOf(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static ArchRule spiHoldsContracts() {
    return classes()
        .that()
        .resideInAPackage("..spi..")
        .and()
        .areTopLevelClasses()
        .should(
            new ArchCondition<JavaClass>("be interfaces, values, enums or exceptions") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean fine =
                    type.isInterface()
                        || type.isRecord()
                        || type.isEnum()
                        || isValue(type)
                        || type.isAssignableTo(Throwable.class);
                events.add(new SimpleConditionEvent(type, fine, type.getName() + " is a class"));
              }
            });
  }

  /** Like a record, but it hides its arrays: final, with state, all of it private and final. */
  private static boolean isValue(JavaClass type) {
    List<JavaField> state =
        type.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .toList();
    return type.getModifiers().contains(JavaModifier.FINAL)
        && !state.isEmpty()
        && state.stream()
            .allMatch(field ->
                field.getModifiers().containsAll(Set.of(JavaModifier.PRIVATE, JavaModifier.FINAL)));
  }

  static ArchRule nothingIsStable() {
    return classes()
        .that()
        .areAnnotatedWith(API.class)
        .should(
            new ArchCondition<JavaClass>("not be STABLE") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean fine = type.getAnnotationOfType(API.class).status() != API.Status.STABLE;
                events.add(new SimpleConditionEvent(type, fine, type.getName() + " is STABLE"));
              }
            });
  }

  static ArchRule packagesAreNullMarked() {
    return all(packages())
        .should(
            new ArchCondition<JavaPackage>("be @NullMarked") {
              @Override
              public void check(JavaPackage found, ConditionEvents events) {
                boolean marked =
                    found.tryGetPackageInfo().isPresent()
                        && found.isAnnotatedWith(NullMarked.class);
                events.add(
                    new SimpleConditionEvent(
                        found, marked, found.getName() + " is not @NullMarked"));
              }
            });
  }

  private static AbstractClassesTransformer<JavaPackage> packages() {
    return new AbstractClassesTransformer<>("packages") {
      @Override
      public Iterable<JavaPackage> doTransform(JavaClasses collection) {
        Map<String, JavaPackage> found = new LinkedHashMap<>();
        collection.forEach(type -> found.put(type.getPackageName(), type.getPackage()));
        return found.values();
      }
    };
  }
}
