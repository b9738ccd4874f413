package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.TcpDataParser;
import org.eclipse.californium.core.network.serialization.TcpDataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  // RFC 8323, 3.2: the example of a message without options and payload is 01 43 7f.
  @Test
  void theExampleOfTheStandardIsRead() throws IOException {
    Frames.Frame frame = read("01437f");
    assertThat(frame.code()).isEqualTo(0x43);
    assertThat(frame.token()).containsExactly(0x7f);
  }

  // RFC 8323, 5.3.1: Max-Message-Size is option 2; 1152 without it.
  @Test
  void aCsmSaysHowMuchIsTaken() throws IOException {
    assertThat(read("30e1220480").maximumMessageSize(Frames.USUAL_MAXIMUM)).isEqualTo(0x0480);
    assertThat(read("10e140").maximumMessageSize(Frames.USUAL_MAXIMUM)).isEqualTo(1_152);
    assertThat(read(HexFormat.of().formatHex(Frames.csm())).maximumMessageSize(0))
        .isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 12, 13, 268, 269, 65_000, 70_000})
  void everyLengthOfBodyIsRead(int length) throws IOException {
    Response response = new Response(ResponseCode.CONTENT);
    response.setToken(new Token(new byte[] {1, 2, 3, 4}));
    response.setPayload(new byte[length]);
    byte[] bytes = new TcpDataSerializer().getByteArray(response);
    Frames.Frame frame = Frames.read(new ByteArrayInputStream(bytes));
    assertThat(new TcpDataParser().parseMessage(frame.bytes()).getPayload()).hasSize(length);
    assertThatThrownBy(
            () -> Frames.read(new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length - 1))))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void garbageIsAnIoExceptionOrAMessage() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(40)];
      random.nextBytes(garbage);
      try {
        Frames.Frame frame = Frames.read(new ByteArrayInputStream(garbage));
        frame.maximumMessageSize(7);
        frame.words();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  private static Frames.Frame read(String hex) throws IOException {
    return Frames.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }
}
