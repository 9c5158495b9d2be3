package org.trm4j.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentifierNamesTest {
  @Test
  void keepsNamesWithTheirDigest() {
    assertThat(IdentifierNames.of(List.of("a", "b")).metadata())
        .isEqualTo(
            Map.of(
                "identifiers",
                "a\nb",
                "identifiersSha256",
                // printf 'a\\nb\\n' | sha256sum
                "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"));
  }

  @Test
  void keepsOnlyTheDigestOfVeryMany() {
    assertThat(IdentifierNames.of(Collections.nCopies(200_000, "task")).metadata())
        .containsOnlyKeys("identifiersSha256");
    assertThat(IdentifierNames.of(List.of("a\nb")).metadata())
        .containsOnlyKeys("identifiersSha256");
    assertThat(IdentifierNames.of(List.of()).metadata()).isEmpty();
  }
}
