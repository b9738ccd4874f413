package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import city.mycelium.driver.lorawan.internal.phy.JoinAccept;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.phy.SealedJoinAccept;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import city.mycelium.driver.lorawan.internal.region.Region;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The radio side of a class A device (LoRaWAN 1.0.3), as its firmware has it: joins, counts, signs
 * and encrypts, and believes in its windows only what is signed and new. When it speaks is decided
 * elsewhere. Not thread-safe.
 */
public final class VirtualDevice {

  /** 6.2.4 and RP002 (JOIN_ACCEPT_DELAY1). */
  private static final int JOIN_DELAY_SECONDS = 5;

  /** RP002: ADR_ACK_LIMIT and ADR_ACK_DELAY, uplinks. */
  private static final int ADR_ACK_LIMIT = 64;

  private static final int ADR_ACK_DELAY = 32;

  private static final int BATTERY = 240; // of 1 to 254 (5.5)
  private static final int MARGIN_DB = 9;
  private static final int NONCES = 1 << 16;

  private final Identity identity;
  private final Aes root;
  private final Region region;
  private final RandomGenerator random;
  private final Set<Long> frequencies = new LinkedHashSet<>();

  /** Survives a restart: a real device keeps it in flash (1.0.4) or draws it anew. */
  private int devNonce;

  private @Nullable Session session;
  private @Nullable Transmission last;
  private int dataRate;
  private boolean isLastAJoin;

  /** What a join leads to. */
  private static final class Session {
    final SessionKeys keys;
    final JoinAccept accept;
    final List<MacCommand> answers = new ArrayList<>();
    long nextUp;
    long lastDown = -1;
    int sinceDownlink;
    int rx1DelaySeconds;

    Session(SessionKeys keys, JoinAccept accept) {
      this.keys = keys;
      this.accept = accept;
      rx1DelaySeconds = accept.rx1DelaySeconds();
    }
  }

  /** A device fresh from the factory. */
  public VirtualDevice(Identity identity, Region region, RandomGenerator random) {
    this.identity = identity;
    this.region = region;
    this.random = random;
    root = new Aes(identity.appKey());
    restart();
  }

  public Identity identity() {
    return identity;
  }

  /** Whether it has a session. */
  public boolean isJoined() {
    return session != null;
  }

  /** Index of the data rate that it speaks at. */
  public int dataRate() {
    return dataRate;
  }

  /** The counter of the frame that it says next, all 32 bits. */
  public long nextCounter() {
    return need().nextUp;
  }

  /** The next frame has this counter, as if those before it had been said and not been heard. */
  public void skipTo(long counter) {
    if (counter < need().nextUp) {
      throw new IllegalArgumentException("a counter never goes back");
    }
    need().nextUp = counter;
  }

  /** The battery was out: the session is gone. */
  public void restart() {
    session = null;
    last = null;
    dataRate = region.highestAdr();
    frequencies.clear();
    region.channels().forEach(channel -> frequencies.add(channel.frequencyHz()));
  }

  /** Asks to be let in. */
  public Transmission join() {
    devNonce = identity.countsJoins() ? (devNonce + 1) % NONCES : random.nextInt(NONCES);
    isLastAJoin = true;
    return remembered(
        JoinRequest.build(root, identity.joinEui(), identity.devEui(), devNonce), true);
  }

  /**
   * Says something new.
   *
   * @param fPort 1 to 223
   * @throws IllegalStateException if it has no session
   */
  public Transmission say(int fPort, byte[] payload, boolean confirmed, MacCommand... asking) {
    Session in = need();
    in.answers.addAll(List.of(asking));
    byte[] options = options(in);
    long counter = in.nextUp++;
    boolean asksForADownlink = in.sinceDownlink >= ADR_ACK_LIMIT;
    if (in.sinceDownlink >= ADR_ACK_LIMIT + ADR_ACK_DELAY && dataRate > region.lowestAdr()) {
      dataRate--; // nobody answers: perhaps nobody hears (4.3.1.1)
      in.sinceDownlink = ADR_ACK_LIMIT;
    }
    in.sinceDownlink++;
    isLastAJoin = false;
    return remembered(
        DataFrame.build(
            in.keys,
            new DataHeader(
                Direction.UP,
                confirmed,
                in.accept.devAddr(),
                new FCtrl(true, asksForADownlink, false, false),
                (int) (counter & 0xffff),
                options,
                fPort),
            counter,
            payload),
        false);
  }

  /** As many answers to MAC commands as fit; the others are said no more. */
  private static byte[] options(Session in) {
    List<MacCommand> fit = new ArrayList<>();
    int length = 0;
    for (MacCommand answer : in.answers) {
      if (length + answer.length() <= DataHeader.LONGEST_OPTIONS) {
        fit.add(answer);
        length += answer.length();
      }
    }
    in.answers.clear();
    return MacCommand.bytes(fit);
  }

  /** Says the last frame once more, bit by bit the same, on another channel (4.3.1.2). */
  public Transmission again() {
    Transmission before = last;
    if (before == null) {
      throw new IllegalStateException("it has said nothing yet");
    }
    return remembered(before.phyPayload(), isLastAJoin);
  }

  private Transmission remembered(byte[] frame, boolean isJoin) {
    List<Long> usable =
        isJoin
            ? region.channels().stream().map(Region.Channel::frequencyHz).toList()
            : List.copyOf(frequencies);
    Transmission said =
        new Transmission(
            frame, usable.get(random.nextInt(usable.size())), region.dataRate(dataRate));
    last = said;
    return said;
  }

  /** When it listens after what it said last, the first window first; empty if it said nothing. */
  public List<Window> windows() {
    Transmission said = last;
    if (said == null) {
      return List.of();
    }
    Session in = isLastAJoin ? null : session;
    int seconds = in == null ? JOIN_DELAY_SECONDS : in.rx1DelaySeconds;
    int offset = in == null ? 0 : in.accept.rx1DrOffset();
    int second = in == null ? region.rx2DataRate() : in.accept.rx2DataRate();
    return List.of(
        new Window(
            Duration.ofSeconds(seconds),
            region.rx1FrequencyHz(said.frequencyHz()).orElse(said.frequencyHz()),
            region.dataRate(region.rx1DataRate(dataRate, offset))),
        new Window(
            Duration.ofSeconds(seconds + 1L), region.rx2FrequencyHz(), region.dataRate(second)));
  }

  /** Hears a frame in one of its windows. */
  public Heard hear(byte[] frame) {
    try {
      PhyPayload parsed = PhyPayload.parse(frame);
      if (parsed instanceof SealedJoinAccept sealed) {
        return hear(sealed);
      }
      if (parsed instanceof DataFrame data && data.header().direction() == Direction.DOWN) {
        return hear(data);
      }
      return new Heard.Nothing("it is no downlink");
    } catch (FrameException e) {
      return new Heard.Nothing(String.valueOf(e.getMessage()));
    }
  }

  private Heard hear(SealedJoinAccept sealed) {
    SealedJoinAccept.Opened opened = sealed.open(root);
    if (!isLastAJoin || !opened.isGenuine()) {
      return new Heard.Nothing("a join-accept, but not for this join of this device");
    }
    JoinAccept accept = opened.accept();
    session =
        new Session(
            SessionKeys.derive(identity.appKey(), accept.appNonce(), accept.netId(), devNonce),
            accept);
    accept.cfList().ifPresent(list -> frequencies.addAll(list.frequenciesHz()));
    isLastAJoin = false;
    last = null; // an accept is heard once
    return new Heard.Joined();
  }

  private Heard hear(DataFrame data) {
    Session in = session;
    if (in == null || data.header().devAddr() != in.accept.devAddr()) {
      return new Heard.Nothing("a frame for somebody else");
    }
    long expected = in.lastDown + 1;
    long counter = expected + ((data.header().fCnt() - expected) & 0xffff);
    if (!data.isFrom(in.keys, counter)) {
      return new Heard.Nothing("its MIC or its counter is wrong");
    }
    in.lastDown = counter;
    in.sinceDownlink = 0;
    byte[] plain = data.plain(in.keys, counter);
    boolean onlyCommands = data.header().fPort() == 0;
    List<MacCommand> commands =
        MacCommand.parse(onlyCommands ? plain : data.header().fOpts(), Direction.DOWN).commands();
    commands.forEach(command -> answer(in, command).ifPresent(in.answers::add));
    boolean hasPayload = data.header().hasPort() && !onlyCommands;
    return new Heard.Said(
        data.header().fCtrl().ack(),
        hasPayload ? data.header().fPort() : 0,
        hasPayload ? plain : new byte[0],
        commands);
  }

  /** Does what the network asks, all of it. */
  private Optional<MacCommand> answer(Session in, MacCommand command) {
    return switch (command.cid()) {
      case LINK_ADR -> {
        int wanted = command.octet(0) >> 4;
        boolean able = wanted >= region.lowestAdr() && wanted <= region.highestAdr();
        if (able) {
          dataRate = wanted;
        }
        yield Optional.of(MacCommand.linkAdrAns(true, able, true));
      }
      case DEV_STATUS -> Optional.of(MacCommand.devStatusAns(BATTERY, MARGIN_DB));
      case RX_TIMING_SETUP -> {
        in.rx1DelaySeconds = Math.max(1, command.octet(0) & 0xf);
        yield Optional.of(new MacCommand(command.cid(), Direction.UP, new byte[0]));
      }
      case DUTY_CYCLE, TX_PARAM_SETUP ->
          Optional.of(new MacCommand(command.cid(), Direction.UP, new byte[0]));
      case RX_PARAM_SETUP, NEW_CHANNEL, DL_CHANNEL -> Optional.of(refused(command.cid()));
      default -> Optional.empty(); // answers to what it asked itself, and class B
    };
  }

  /** A device may refuse: all status bits are 0 (5.4, 5.6). */
  private static MacCommand refused(Cid cid) {
    return new MacCommand(cid, Direction.UP, new byte[1]);
  }

  private Session need() {
    Session in = session;
    if (in == null) {
      throw new IllegalStateException("it has not joined");
    }
    return in;
  }
}
