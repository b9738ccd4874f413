package city.mycelium.receiver.internal.store;

import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import java.util.Arrays;
import java.util.Base64;

/** Something that a gateway said, as far as it was understood. */
public sealed interface Arrival {

  Route route();

  /** A data message (docs/wire.md, 3). */
  record Pack(Route route, SenmlPack content) implements Arrival {
    public Pack {
      if (!content.gateway().equals(route.gateway())) {
        throw new IllegalArgumentException(
            "gateway " + route.gateway() + " may not speak for gateway " + content.gateway());
      }
    }
  }

  /**
   * A data message that can never be taken (docs/wire.md, 7).
   *
   * @param why for a person; goes back to the gateway
   */
  record Unacceptable(Route route, PackCoverage coverage, String why, Sample sample)
      implements Arrival {
    public Unacceptable {
      if (!coverage.gateway().equals(route.gateway())) {
        throw new IllegalArgumentException(
            "gateway " + route.gateway() + " may not speak for gateway " + coverage.gateway());
      }
    }
  }

  /**
   * Of a message that was refused, what somebody needs to find out why.
   *
   * @param bytes how long it was
   * @param head its first bytes in base64; at most {@value #MOST_BYTES} of them
   * @param receivedAt UTC epoch milliseconds
   */
  record Sample(String mediaType, long bytes, String head, long receivedAt) {

    public static final int MOST_BYTES = 4_096;

    public static Sample of(String mediaType, byte[] payload, long receivedAt) {
      byte[] head = Arrays.copyOf(payload, Math.min(MOST_BYTES, payload.length));
      return new Sample(
          mediaType, payload.length, Base64.getEncoder().encodeToString(head), receivedAt);
    }
  }

  /** A status (docs/wire.md, 5). */
  record Introduction(Route route, Status content) implements Arrival {}
}
