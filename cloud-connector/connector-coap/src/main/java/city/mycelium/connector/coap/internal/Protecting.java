package city.mycelium.connector.coap.internal;

import city.mycelium.connector.coap.internal.oscore.Protection;
import city.mycelium.connector.coap.internal.oscore.SequenceException;
import java.io.UncheckedIOException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.DataSerializer;
import org.eclipse.californium.core.network.serialization.MessageHeader;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.util.DatagramReader;
import org.eclipse.californium.elements.util.DatagramWriter;

/**
 * Puts a {@link Protection} where Californium's datagrams are written and read: below blocks and
 * observations, so that each block is protected for itself (RFC 8613, 4.1.3.4.1), and above
 * repetition, which sends the same bytes again and so uses no number twice.
 */
final class Protecting {

  private Protecting() {}

  /** Writes requests protected; a ping is none. */
  static final class Serializer extends DataSerializer {

    private final UdpDataSerializer usual = new UdpDataSerializer();
    private final Protection protection;

    Serializer(Protection protection) {
      this.protection = protection;
    }

    @Override
    protected void serializeMessage(DatagramWriter writer, Message message) {
      try {
        writer.writeBytes(
            usual.getByteArray(
                message instanceof Request request ? protection.protect(request) : message));
      } catch (SequenceException e) { // Californium hands it to who asked
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected void serializeEmpytMessage(DatagramWriter writer, Message message) {
      writer.writeBytes(usual.getByteArray(message));
    }

    @Override
    protected void serializeHeader(DatagramWriter writer, MessageHeader header) {
      throw new UnsupportedOperationException(); // the usual one writes its own
    }
  }

  /** Reads responses opened, or as what is not believed. */
  static final class Parser extends UdpDataParser {

    private final Protection protection;

    Parser(Protection protection) {
      this.protection = protection;
    }

    @Override
    protected Message parseMessage(DatagramReader reader, MessageHeader header, Message target) {
      Message read = super.parseMessage(reader, header, target);
      return read instanceof Response response ? protection.open(response) : read;
    }
  }
}
