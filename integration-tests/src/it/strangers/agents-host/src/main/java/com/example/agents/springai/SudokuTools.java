package com.example.agents.springai;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

@Component
public class SudokuTools {
  private final TrmModel model;

  public SudokuTools(TrmModel model) {
    this.model = model;
  }

  @Tool(description = "Solves a 9x9 Sudoku. Only an answer that begins with VERIFIED is a solution.")
  public String solve(@ToolParam(description = "81 characters, row by row; a dot for an open cell") String puzzle) {
    Answer answer = model.solve(puzzle, SolveOptions.DEFAULT.withAttempts(Attempts.verified(16, 0.3, 1)));
    return (answer.verified() ? "VERIFIED " : "NOT VERIFIED, " + answer.reason() + ": ") + answer.text();
  }
}
