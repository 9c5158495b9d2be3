package com.example.quickstart;

import org.trm4j.Answer;
import org.trm4j.TrmModel;

public final class Solve {
  public static void main(String[] arguments) {
    try (TrmModel model = TrmModel.pretrained("sudoku-4")) {
      Answer answer = model.solve("3.1.4..2.......1");
      System.out.println(answer);
    }
  }
}
