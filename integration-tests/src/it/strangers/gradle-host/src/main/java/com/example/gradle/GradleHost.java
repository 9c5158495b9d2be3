package com.example.gradle;

import java.io.File;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Configuration;
import org.gradle.api.artifacts.dsl.DependencyHandler;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * Resolves the class paths of a Java project with Gradle. Arguments: a folder for Gradle's files,
 * a Maven repository of what is already downloaded, and dependencies, each {@code
 * configuration=group:name:version}, where the configuration {@code platform} is that of a bill of
 * materials. {@code maven.repo.local} is what {@code mavenLocal()} reads.
 */
public final class GradleHost {
  private GradleHost() {}

  public static void main(String[] arguments) {
    File folder = new File(arguments[0]);
    File project = new File(folder, "project");
    project.mkdirs();
    Project host =
        ProjectBuilder.builder()
            .withProjectDir(project)
            .withGradleUserHomeDir(new File(folder, "home"))
            .build();
    host.getGradle().getStartParameter().setOffline(true);
    host.getPluginManager().apply("application");
    host.getRepositories().mavenLocal();
    host.getRepositories().maven(repository -> repository.setUrl(new File(arguments[1]).toURI()));
    DependencyHandler dependencies = host.getDependencies();
    for (int i = 2; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      if (parts[0].equals("platform")) {
        dependencies.add("implementation", dependencies.platform(parts[1]));
      } else {
        dependencies.add(parts[0], parts[1]);
      }
    }
    System.out.println("gradle " + host.getGradle().getGradleVersion());
    print(host.getConfigurations().getByName("compileClasspath"));
    print(host.getConfigurations().getByName("runtimeClasspath"));
    // Gradle leaves threads behind that would keep the JVM alive.
    System.exit(0);
  }

  private static void print(Configuration configuration) {
    for (File file : configuration.resolve()) {
      System.out.println(configuration.getName() + "=" + file);
    }
  }
}
