package org.trm4j.recursion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;

/** Programs print as a person would write them down from the paper. */
class ProgramPrinterTest {

  @Test
  void printsTheTinyRecursiveModel() {
    RecursionProgram program = Trm.standard().program("trm", Map.of());
    assertThat(program.toString().lines().skip(1))
        .containsExactly(
            "  state z_H starts as H_init",
            "  state z_L starts as L_init",
            "  module L_level: 2 layers",
            "  without gradient {",
            "    2 x {",
            "      6 x {",
            "        z_L <- L_level(z_L, z_H + x)",
            "      }",
            "      z_H <- L_level(z_H, z_L)",
            "    }",
            "  }",
            "  with gradient {",
            "    6 x {",
            "      z_L <- L_level(z_L, z_H + x)",
            "    }",
            "    z_H <- L_level(z_H, z_L)",
            "  }",
            "  answer z_H; halt when q_halt > 0");
    assertThat(program.networkEvaluations()).isEqualTo(21);
    assertThat(program.effectiveDepth()).isEqualTo(42);
  }

  @Test
  void printsTheRuleOfTheHierarchicalModel() {
    assertThat(Trm.standard().program("hrm", Map.of()).toString())
        .contains("module H_level: ", "module L_level: ")
        .endsWith("halt when q_halt > q_continue; q_continue learns from the next step");
  }
}
