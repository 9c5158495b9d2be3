package com.example.agents.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

public class SudokuTools {
  private final TrmModel model = TrmModel.pretrained("sudoku-9");

  @Tool("Solves a 9x9 Sudoku. Only an answer that begins with VERIFIED is a solution.")
  public String solve(@P("81 characters, row by row; a dot for an open cell") String puzzle) {
    Answer answer = model.solve(puzzle, SolveOptions.DEFAULT.withAttempts(Attempts.verified(16, 0.3, 1)));
    return (answer.verified() ? "VERIFIED " : "NOT VERIFIED, " + answer.reason() + ": ") + answer.text();
  }
}
