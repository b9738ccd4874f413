package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the network knows of a registered device. Touched by the network's tasks only. Stored are
 * its sessions with their counters, and when and how it was last heard; DevNonces and waiting
 * downlinks have entries of their own.
 */
final class DeviceState {

  private static final byte LAYOUT = 1;
  private static final int MOST_BYTES = 128;

  /** What stamps count from: minutes since then fit 24 bits for 31 years. */
  private static final long STAMPS_SINCE = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

  private static final int LAST_STAMP = 0xffffff;

  final Eui devEui;
  final Set<Integer> usedNonces = new HashSet<>();
  final Deque<Queued> queue = new ArrayDeque<>();
  final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
  final TokenBucket joins;

  @Nullable Session active;

  /** Of a join that was answered; becomes the active one with its first valid uplink. */
  @Nullable Session pending;

  int lastDevNonce = -1;
  private int lastStamp;

  /** Since it was registered: proven, and each once. */
  long frames;

  /** Since it was registered: missing between those. */
  long lost;

  long retransmissions;
  long copies;
  long joined;
  long downlinks;
  long lastSeenEpochMillis = -1;

  /** Of the last frame, where it was heard best; NaN before the first. */
  double rssiDbm = Double.NaN;

  double snrDb = Double.NaN;

  double battery = -1;
  int marginDb;
  boolean asked;
  long askedAtNanos;
  @Nullable Reception lastReception;

  /** What the device was asked to change to, until it answers. */
  Adr.@Nullable Choice adrAsked;

  /** How often it would not. */
  int adrRefused;

  /** The first of the queue is with a concentrator. */
  boolean isFirstUnderWay;

  /**
   * A downlink of the application.
   *
   * @param number the order in which they were handed in
   * @param attempts how often a confirmed one was sent
   */
  @SuppressWarnings("ArrayRecordComponent") // travels once, from the store to the air
  record Queued(long number, int fPort, boolean confirmed, byte[] bytes, int attempts) {}

  DeviceState(Eui devEui, TokenBucket joins) {
    this.devEui = devEui;
    this.joins = joins;
  }

  /** Its sessions, the one that a frame more likely belongs to first. */
  Stream<Session> sessions() {
    return Stream.of(pending, active).flatMap(Stream::ofNullable);
  }

  /**
   * A number that no session of this device has had: the next one, or the minutes since 2026 if
   * that is more, so that it goes on rising even if this gateway's memory is lost. As JoinNonce it
   * must rise (LoRaWAN 1.0.4, 6.2.3), also for the device that remembers more than we do.
   */
  int nextStamp(long epochMillis) {
    long minutes = (epochMillis / 1000 - STAMPS_SINCE) / 60;
    lastStamp = (int) Math.min(LAST_STAMP, Math.max(lastStamp + 1L, minutes));
    return lastStamp;
  }

  /** A frame of it is proven. */
  void heard(Reception best, boolean isNew, long lostBefore, long epochMillis) {
    lastSeenEpochMillis = epochMillis;
    lastReception = best;
    rssiDbm = best.rssiDbm();
    snrDb = best.snrDb();
    if (isNew) {
      frames++;
      lost += lostBefore;
    }
  }

  /** It is no longer registered: what people are shown of it begins anew. */
  void forgetWhatWasHeard() {
    frames = 0;
    lost = 0;
    lastSeenEpochMillis = -1;
    lastReception = null;
    rssiDbm = Double.NaN;
    snrDb = Double.NaN;
    battery = -1;
  }

  byte[] encode() {
    ByteBuffer to = ByteBuffer.allocate(MOST_BYTES);
    to.put(LAYOUT).putInt(lastDevNonce).putInt(lastStamp);
    writeSession(active, to);
    writeSession(pending, to);
    to.putInt((int) frames).putInt((int) lost).putLong(lastSeenEpochMillis);
    to.putFloat((float) rssiDbm).putFloat((float) snrDb).putFloat((float) battery);
    return Arrays.copyOf(to.array(), to.position());
  }

  private static void writeSession(@Nullable Session session, ByteBuffer to) {
    to.put((byte) (session == null ? 0 : 1));
    if (session != null) {
      session.write(to);
    }
  }

  /**
   * Takes what was stored.
   *
   * @throws IllegalArgumentException if that is something else
   */
  void decode(byte[] stored) {
    try {
      ByteBuffer from = ByteBuffer.wrap(stored);
      if (from.get() != LAYOUT) {
        throw new IllegalArgumentException("written by a later version of this software");
      }
      lastDevNonce = from.getInt();
      lastStamp = from.getInt();
      active = from.get() == 0 ? null : Session.read(from);
      pending = from.get() == 0 ? null : Session.read(from);
      if (from.hasRemaining()) { // earlier software did not write it, and passes it over
        frames = Integer.toUnsignedLong(from.getInt());
        lost = Integer.toUnsignedLong(from.getInt());
        lastSeenEpochMillis = from.getLong();
        rssiDbm = from.getFloat();
        snrDb = from.getFloat();
        battery = from.getFloat();
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("cut off", e);
    }
  }
}
