package com.example.agents;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.util.List;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.trm4j.TrmModel;

/** Calls the tools as the frameworks do when a language model asks for them. */
public final class Agents {
  private Agents() {}

  public static void main(String[] arguments) {
    String call = "{\"puzzle\":\"%s\"}".formatted(arguments[0]);

    var tools = new com.example.agents.langchain4j.SudokuTools();
    List<ToolSpecification> specifications = ToolSpecifications.toolSpecificationsFrom(tools);
    ToolExecutionRequest request =
        ToolExecutionRequest.builder().name(specifications.getFirst().name()).arguments(call).build();
    System.out.println("langchain4j " + specifications.getFirst().name() + " "
        + new DefaultToolExecutor(tools, request).execute(request, "memory"));

    try (TrmModel model = TrmModel.pretrained("sudoku-9")) {
      ToolCallback[] callbacks =
          ToolCallbacks.from(new com.example.agents.springai.SudokuTools(model));
      System.out.println("spring-ai " + callbacks[0].getToolDefinition().name() + " "
          + callbacks[0].call(call));
    }
  }
}
