package org.trm4j.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.error.TrmException;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.task.spi.Transition;

/** The rules by name, for the classes below one root package. */
final class ArchitectureRules {
  private static final String BACKEND = "..backend.cpu..";
  private static final String TORNADO = "..backend.tornado..";
  private static final String VECTOR = "..backend.cpu.kernel.vector..";
  private static final String[] ROOMS = {"..backend.cpu.*..", "..backend.tornado.*.."};
  private static final String TCK = "..tck..";
  private static final String DATASETS = "..datasets..";
  private static final String DATASETS_IO = "..datasets.io..";
  private static final String TRAINING = "..training..";
  private static final String EXCHANGE = "..exchange..";
  private static final String CLI = "..cli..";
  private static final String SPRING = "..spring..";
  private static final String SERVER = "..server..";
  private static final String MCP = "..mcp..";
  private static final String MICROMETER = "..micrometer..";
  private static final String SPARK = "..spark..";
  private static final String SPARK_DEMO = "..spark.demo..";
  private static final String[] MODULES = {
    BACKEND, TORNADO, TCK, DATASETS, TRAINING, EXCHANGE, CLI, SPRING, SERVER, MCP, MICROMETER, SPARK
  };

  private ArchitectureRules() {}

  /** Returns every rule; {@code root} is the package whose sub-packages must not form cycles. */
  static Map<String, ArchRule> all(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    dependencies(rules);
    rules.put("no cycles", slices().matching(root + ".(**)").should().beFreeOfCycles());
    rules.put(
        "vector types only in the vector kernels",
        noClasses()
            .that()
            .resideOutsideOfPackage(VECTOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector.."));
    rules.put(
        "TornadoVM types only in its backend",
        noClasses()
            .that()
            .resideOutsideOfPackage(TORNADO)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("uk.ac.manchester.tornado.."));
    rules.put(
        "only providers in the root of a backend",
        classes()
            .that()
            .resideInAnyPackage("..backend.cpu", "..backend.tornado")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .implement(BackendProvider.class));
    rooms(rules, "trm-backend-cpu", BACKEND, ROOMS[0]);
    rooms(rules, "trm-backend-tornado", TORNADO, ROOMS[1]);
    rules.put("solving knows no rules of a puzzle but those of the final verifier", honestSearch());
    rules.put(
        "ServiceLoader only in PluginRegistry",
        noClasses()
            .that()
            .doNotHaveSimpleName("PluginRegistry")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ServiceLoader.class));
    rules.put("spi packages hold only contracts", Conditions.spiHoldsContracts());
    rules.put(
        "every public type has @API, but for the rooms of backends and trm-cli, which are not"
            + " exported",
        classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackages(ROOMS)
            .and()
            .resideOutsideOfPackage(CLI)
            .should()
            .beAnnotatedWith(API.class));
    rules.put(
        "exceptions that are thrown on purpose are TrmExceptions",
        classes()
            .that()
            .areAssignableTo(Exception.class)
            .and()
            .areTopLevelClasses()
            .should()
            .beAssignableTo(TrmException.class));
    rules.put("nothing is STABLE before 1.0", Conditions.nothingIsStable());
    rules.put("every package is @NullMarked", Conditions.packagesAreNullMarked());
    rules.put("no mutable statics", fields().that().areStatic().should().beFinal());
    behaviour(rules);
    return rules;
  }

  private static void dependencies(Map<String, ArchRule> rules) {
    rules.put(
        "trm-api depends on nothing but annotations",
        classes()
            .that()
            .resideOutsideOfPackages(MODULES)
            .should()
            .onlyDependOnClassesThat(
                Conditions.in(
                        "java..", "javax..", "jdk.jfr..", "org.jspecify..", "org.apiguardian..")
                    .or(Conditions.in("org.trm4j..").and(Conditions.outside(MODULES)))));
    rules.put(
        "trm-backend-cpu depends on trm-api",
        notOn(BACKEND, TORNADO, TCK, DATASETS, TRAINING, EXCHANGE, CLI));
    rules.put(
        "trm-backend-tornado depends on trm-api",
        notOn(TORNADO, BACKEND, TCK, DATASETS, TRAINING, EXCHANGE, CLI));
    rules.put(
        "trm-tck depends on trm-api",
        notOn(TCK, BACKEND, TORNADO, DATASETS, TRAINING, EXCHANGE, CLI));
    rules.put(
        "trm-datasets depends on trm-api",
        notOn(DATASETS, BACKEND, TORNADO, TCK, TRAINING, EXCHANGE, CLI));
    rules.put(
        "trm-datasets reads no files: neither trm-datasets-io, Jackson, commons-csv nor HTTP",
        noClasses()
            .that()
            .resideInAPackage(DATASETS)
            .and()
            .resideOutsideOfPackage(DATASETS_IO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                DATASETS_IO, "tools.jackson..", "org.apache.commons.csv..", "java.net.http.."));
    rules.put(
        "trm-training depends on trm-api",
        notOn(TRAINING, BACKEND, TORNADO, TCK, DATASETS, EXCHANGE, CLI));
    rules.put(
        "trm-exchange depends on trm-api and trm-training",
        notOn(EXCHANGE, BACKEND, TORNADO, TCK, DATASETS, CLI));
    rules.put(
        "trm-spring-boot depends on trm-api",
        notOn(SPRING, BACKEND, TORNADO, TCK, DATASETS, TRAINING, EXCHANGE, CLI, SERVER));
    rules.put(
        "trm-server depends on trm-api",
        notOn(SERVER, BACKEND, TORNADO, TCK, DATASETS, TRAINING, EXCHANGE, CLI));
    rules.put(
        "trm-mcp depends on trm-api",
        notOn(MCP, BACKEND, TORNADO, TCK, DATASETS, TRAINING, EXCHANGE, CLI, SPRING, SERVER));
    rules.put(
        "trm-micrometer depends on trm-api and trm-training",
        notOn(MICROMETER, BACKEND, TORNADO, TCK, DATASETS, EXCHANGE, CLI, SPRING, SERVER, MCP));
    rules.put(
        "trm-spark depends on trm-api, backends, data sets and trm-training",
        notOn(SPARK, TORNADO, TCK, EXCHANGE, CLI, SPRING, SERVER, MCP, MICROMETER));
    library(
        rules,
        "text that people write",
        "org.trm4j.frontend..",
        "..frontend..",
        CLI,
        SERVER,
        MCP,
        SPRING,
        SPARK,
        "..benchmarks..");
    library(
        rules,
        "text that people write about training",
        "org.trm4j.training.frontend..",
        "..training.frontend..",
        CLI,
        SPARK);
    library(rules, "Spring", "org.springframework..", SPRING, SERVER);
    library(rules, "Guice", "com.google.inject..", "..training.guice..");
    library(rules, "Jackson", "tools.jackson..", DATASETS_IO, TRAINING, CLI, SERVER, SPARK);
    library(rules, "commons-csv", "org.apache.commons.csv..", DATASETS_IO, TRAINING, CLI);
    library(rules, "snakeyaml-engine", "org.snakeyaml..", EXCHANGE);
    library(rules, "protobuf", "com.google.protobuf..", EXCHANGE);
    library(rules, "picocli", "picocli..", CLI, SERVER, MCP, SPARK);
    library(rules, "the MCP SDK", "io.modelcontextprotocol..", MCP);
    library(rules, "Micrometer", "io.micrometer..", MICROMETER, SPRING);
    library(rules, "Spark", "org.apache.spark..", SPARK);
    library(rules, "JUnit", "org.junit..", TCK);
    library(rules, "AssertJ", "org.assertj..", TCK);
  }

  /** What a solve calls of a data set or a policy never reaches a solver or a generator. */
  private static ArchRule honestSearch() {
    return noClasses()
        .that()
        .areAssignableTo(Verifier.class)
        .or()
        .areAssignableTo(PuzzleCodec.class)
        .or()
        .areAssignableTo(Symmetry.Key.class)
        .or()
        .areAssignableTo(Augmentation.class)
        .or()
        .areAssignableTo(HaltingPolicy.class)
        .or()
        .areAssignableTo(Transition.class)
        .should()
        .transitivelyDependOnClassesThat(
            resideInAPackage(DATASETS)
                .and(
                    simpleNameEndingWith("Solver")
                        .or(simpleNameEndingWith("Generator"))
                        .as("solve or generate puzzles")));
  }

  private static void rooms(
      Map<String, ArchRule> rules, String module, String backend, String rooms) {
    rules.put(
        "nobody outside " + module + " names its rooms",
        noClasses()
            .that()
            .resideOutsideOfPackage(backend)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(rooms));
  }

  private static void library(
      Map<String, ArchRule> rules, String name, String packages, String... users) {
    rules.put(
        name + " only in " + String.join(", ", users),
        noClasses()
            .that()
            .resideOutsideOfPackages(users)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(packages));
  }

  private static void behaviour(Map<String, ArchRule> rules) {
    rules.put("what a run keeps is replaced as a whole and forced to the disk", durable());
    rules.put(
        "no standard streams outside the CLI and the demonstration on Spark, a program",
        noClasses()
            .that()
            .resideOutsideOfPackages(CLI, SPARK_DEMO)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
    rules.put(
        "no System.setProperty",
        noClasses().should().callMethod(System.class, "setProperty", String.class, String.class));
    rules.put(
        "no random numbers without a seed",
        noClasses()
            .that()
            // Its id tells the runs of a cluster apart, and is in no result.
            .doNotHaveSimpleName("Shards")
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .callMethod(RandomGenerator.class, "of", String.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Collections.class, "shuffle", List.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class));
    rules.put(
        "no Java serialization",
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class));
    rules.put(
        "no network outside the download package",
        noClasses()
            .that()
            .resideOutsideOfPackage("..download..")
            .should()
            .dependOnClassesThat(
                Conditions.in("java.net.http..")
                    .or(assignableTo(Socket.class))
                    .or(assignableTo(ServerSocket.class))
                    .or(assignableTo(DatagramSocket.class))
                    .or(assignableTo(NetworkChannel.class))
                    .or(assignableTo(URLConnection.class))));
    rules.put(
        "locations are opened only where the class path's registrations are read",
        noClasses()
            .that()
            .resideOutsideOfPackage("..download..")
            .and()
            .doNotHaveSimpleName("Registrations")
            .should()
            .callMethod(URL.class, "openStream")
            .orShould()
            .callMethod(URL.class, "openConnection"));
  }

  /** A part file, forced, moved over the old one, its folder forced: {@code DurableFile} alone. */
  private static ArchRule durable() {
    return noClasses()
        .that()
        .resideInAnyPackage("..checkpoint..", "..training.run..", "..training.ablation..", EXCHANGE)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it writes a file as Files does",
                call ->
                    call.getTargetOwner().isEquivalentTo(Files.class)
                        && Set.of("write", "writeString", "newOutputStream", "newBufferedWriter")
                            .contains(call.getName())));
  }

  private static ArchRule notOn(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        // Libraries have packages of the same names, such as the server of the MCP SDK.
        .dependOnClassesThat(Conditions.in("org.trm4j..").and(Conditions.in(others)))
        .allowEmptyShould(true);
  }
}
