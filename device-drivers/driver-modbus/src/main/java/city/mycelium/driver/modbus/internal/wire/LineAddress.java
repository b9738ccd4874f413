package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Where a bus is, and how it is set. */
public sealed interface LineAddress {

  /** What makes it the same bus, however it is set. */
  String bus();

  /** How it is set, for a person. */
  String setting();

  /** What to look at when a unit on it says nothing. */
  String advice();

  /** Opens it. */
  SerialLine open(SerialLines lines, Duration atMost) throws IOException;

  /** How Modbus is spoken on it. */
  Framing framing(Clock clock);

  /** Whether it is of no use after a silence: what comes then belongs to nothing. */
  boolean endsWithSilence();

  /** A serial port, with RTU. */
  record Serial(String port, SerialSettings settings) implements LineAddress {

    @Override
    public String bus() {
      return port;
    }

    @Override
    public String setting() {
      return settings.baud()
          + " baud "
          + settings.dataBits()
          + settings.parity().name().charAt(0)
          + settings.stopBits();
    }

    @Override
    public String advice() {
      return "check unitId, that the device speaks "
          + setting()
          + ", its power, that the wires A and B are not swapped, and the 120 ohm termination at"
          + " both ends";
    }

    @Override
    public SerialLine open(SerialLines lines, Duration atMost) throws IOException {
      return lines.open(port, settings);
    }

    @Override
    public Framing framing(Clock clock) {
      return new RtuFraming(clock, settings.baud());
    }

    @Override
    public boolean endsWithSilence() {
      return false;
    }
  }

  /**
   * A TCP connection.
   *
   * @param rtu whether RTU frames go over it, as a serial device server wants it
   */
  record Tcp(String host, int port, boolean rtu) implements LineAddress {

    @Override
    public String bus() {
      return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public String setting() {
      return rtu ? "RTU over TCP" : "Modbus TCP";
    }

    @Override
    public String advice() {
      return rtu
          ? "check unitId, the serial settings in the device server, and the RS-485 line behind it"
          : "check unitId (behind a gateway to RS-485 it is the device's own), and rtuOverTcp if it"
              + " is a serial device server";
    }

    @Override
    public SerialLine open(SerialLines lines, Duration atMost) throws IOException {
      return SocketLine.open(host, port, atMost);
    }

    @Override
    public Framing framing(Clock clock) {
      return rtu ? new RtuFraming(clock, 0) : new TcpFraming(clock);
    }

    @Override
    public boolean endsWithSilence() {
      return true;
    }
  }
}
