package org.trm4j.backend.cpu.kernel.amx;

import java.util.Base64;

/**
 * The machine code of {@code tile_product.s}, which lies beside this class: {@code as --64
 * tile_product.s -o t.o && objcopy -O binary -j .text t.o t.bin && base64 t.bin}. It reads only its
 * arguments and the matrices, calls nothing, and follows the System V calling convention.
 */
final class MachineCode {
  private static final String CODE =
      "U1VBVEFVQVZBV0iLB8TieEkASIt3EEyLTzBIx8BAAAAASItvUEyLdxhMi38oTItnQEiLXwhNifhNheQPhLYAAABJidpJ"
          + "idtMA184TInySItPIMTie0nAxOJ7ScjE4ntJ0MTie0nYZmYuDx+EAAAAAABmZi4PH4QAAAAAAA8fQADE4ntLNALE"
          + "wntLJDLE4ntLvAIABAAAxOJKXMTEwntLLDPE4kJczMTiSlzVxOJCXN1IgcIACAAASYPCQEmDw0BI/8l1vE2JxUwD"
          + "b0jEgnpLBAjEgnpLTAhAxIJ6S1QNAMSCektcDUBMA0d4SANfcEn/zA+FSv///0iDf2gAdF9JidpMifJIi08gxOJ7"
          + "ScDE4ntJyGZmLg8fhAAAAAAADx8AxOJ7SzQCxMJ7SyQyxOJ7S7wCAAQAAMTiSlzExOJCXMxIgcIACAAASYPCQEj/"
          + "yXXQxIJ6SwQIxIJ6S0wIQEwDd1hMA39gSP/ND4W//v//xOJ4ScBBX0FeQV1BXF1bww==";

  private MachineCode() {}

  static byte[] bytes() {
    return Base64.getDecoder().decode(CODE);
  }
}
