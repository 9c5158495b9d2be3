package com.example.modulehost;

import java.nio.file.Path;
import org.trm4j.Answer;
import org.trm4j.Trm;
import org.trm4j.TrmModel;

/** Solves one puzzle with a saved model. */
public final class ModuleHost {
  public static void main(String[] arguments) {
    System.out.println("module " + ModuleHost.class.getModule().getName());
    System.out.println("backends " + Trm.standard().plugins().backends().usable().keySet());
    System.out.println(
        "modules " + ModuleLayer.boot().modules().stream().map(Module::getName).sorted().toList());
    try (TrmModel model = TrmModel.open(Path.of(arguments[0]))) {
      Answer answer = model.solve(arguments[1]);
      System.out.println("api " + TrmModel.class.getModule().getName());
      System.out.println("device " + model.device());
      System.out.println("answer " + answer.text() + " " + answer.verification().outcome());
    }
  }
}
