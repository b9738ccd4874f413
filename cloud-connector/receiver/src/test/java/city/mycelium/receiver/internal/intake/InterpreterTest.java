package city.mycelium.receiver.internal.intake;

import static city.mycelium.receiver.Samples.NOON;
import static city.mycelium.receiver.Samples.arrives;
import static city.mycelium.receiver.Samples.introduction;
import static city.mycelium.receiver.Samples.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.receiver.internal.store.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterpreterTest {

  private static final String HERE = "mycelium/1/mushroomaaaabbbbccccdddd22/city/";

  private final Interpreter interpreter =
      new Interpreter(new Topics("mycelium"), () -> Instant.ofEpochMilli(NOON));

  @Test
  void theContentTypeSaysWhichFormAPackHas() throws Exception {
    for (SenmlCodec codec : new SenmlCodec[] {SenmlCodec.json(), SenmlCodec.cbor()}) {
      assertThat(understand("data", codec.mediaType(), codec.encode(pack(1, 3))))
          .isEqualTo(arrives(pack(1, 3)));
    }
    assertThatThrownBy(() -> understand("data", "", SenmlCodec.json().encode(pack(1, 3))))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("content type");
  }

  /** A broker's last will has no content type everywhere; a status is always JSON. */
  @Test
  void aStatusNeedsNoContentType() throws Exception {
    assertThat(understand("status", "", introduction(null).toJson()))
        .isEqualTo(arrives(introduction(null)));
  }

  /** The broker's ACL binds a gateway to its topics; this binds what it says to them. */
  @Test
  void aGatewayMaySpeakOnlyForItself() {
    Inbound forged =
        new Inbound(
            "mycelium/1/intruderaaaabbbbccccdddd22/city/data",
            SenmlCodec.cbor().mediaType(),
            SenmlCodec.cbor().encode(pack(1, 3)),
            () -> {});
    assertThatThrownBy(() -> interpreter.understand(forged))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("may not speak for another");
  }

  @Test
  void aPackThatCanNeverBeTakenIsUnderstoodAsARefusalWithItsBeginning() throws Exception {
    byte[] hopeless = hopeless(pack(1, 3));
    assertThat(understand("data", SenmlCodec.json().mediaType(), hopeless))
        .isInstanceOfSatisfying(
            Arrival.Unacceptable.class,
            refused -> {
              assertThat(refused.coverage()).isEqualTo(pack(1, 3).coverage());
              assertThat(refused.why()).contains("'later_' must be understood");
              assertThat(refused.sample().receivedAt()).isEqualTo(NOON);
              assertThat(refused.sample().bytes()).isEqualTo(hopeless.length);
              assertThat(Base64.getDecoder().decode(refused.sample().head())).isEqualTo(hopeless);
            });
  }

  @Test
  void ofALargePackThatIsRefusedOnlyTheBeginningIsKept() throws Exception {
    byte[] hopeless = hopeless(pack(1, 500));
    assertThat(understand("data", SenmlCodec.json().mediaType(), hopeless))
        .isInstanceOfSatisfying(
            Arrival.Unacceptable.class,
            refused -> {
              assertThat(refused.sample().bytes()).isEqualTo(hopeless.length);
              assertThat(Base64.getDecoder().decode(refused.sample().head())).hasSize(4_096);
            });
  }

  /** Or a gateway could have another one's data dropped. */
  @Test
  void aGatewayMayNotHaveAnotherOnesPackRefused() {
    Inbound forged =
        new Inbound(
            "mycelium/1/intruderaaaabbbbccccdddd22/city/data",
            SenmlCodec.json().mediaType(),
            hopeless(pack(1, 3)),
            () -> {});
    assertThatThrownBy(() -> interpreter.understand(forged))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("may not speak for another");
  }

  private static byte[] hopeless(SenmlPack pack) {
    String json = new String(SenmlCodec.json().encode(pack), StandardCharsets.UTF_8);
    int last = json.lastIndexOf('}');
    return (json.substring(0, last) + ",\"later_\":1" + json.substring(last))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsFarTooLargeIsNotEvenRead() {
    byte[] huge = new byte[Interpreter.MAX_PAYLOAD_BYTES + 1];
    assertThatThrownBy(() -> understand("data", SenmlCodec.cbor().mediaType(), huge))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("bytes");
  }

  /** Whatever comes, it is understood or refused: nothing else may be thrown. */
  @Test
  void survivesTenThousandDamagedMessages() {
    Random random = new Random(8428);
    byte[][] good = {
      SenmlCodec.json().encode(pack(1, 20)),
      SenmlCodec.cbor().encode(pack(1, 20)),
      introduction(null).toJson()
    };
    String[] types = {SenmlCodec.json().mediaType(), SenmlCodec.cbor().mediaType(), ""};
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = good[i % 3].clone();
      if (random.nextBoolean()) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      byte[] payload = damaged;
      String channel = i % 3 == 2 ? "status" : "data";
      String type = types[i % 3];
      assertThatCode(
              () -> {
                try {
                  understand(channel, type, payload);
                } catch (SenmlException e) {
                  assertThat(e).hasMessageNotContaining("paddenstoel.123/T\",");
                }
              })
          .doesNotThrowAnyException();
    }
  }

  private Arrival understand(String channel, String contentType, byte[] payload)
      throws SenmlException {
    return interpreter.understand(new Inbound(HERE + channel, contentType, payload, () -> {}));
  }
}
