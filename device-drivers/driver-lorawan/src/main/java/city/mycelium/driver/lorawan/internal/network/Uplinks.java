package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Data frames of devices (LoRaWAN 1.0.3, 4): whose they are, whether they are new, and what is done
 * then. A counter is stored before anything acts on its frame. Touched by the network's tasks only.
 */
final class Uplinks {

  /** Highest port of applications (4.3.2). */
  private static final int LAST_PORT = 223;

  private static final byte[] NOTHING = {};

  /** Levels of a battery that are none (5.5). */
  private static final int ON_MAINS = 0;

  private static final int FULL = 254;
  private static final int CANNOT_TELL = 255;

  private static final int SIX_OF_32 = 26;

  private final Clock clock;
  private final Scheduler scheduler;
  private final Memory memory;
  private final Roster roster;
  private final Tally tally;
  private final Delivery delivery;
  private final Answers answers;

  Uplinks(
      Clock clock,
      Scheduler scheduler,
      Memory memory,
      Roster roster,
      Tally tally,
      Delivery delivery,
      Answers answers) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.memory = memory;
    this.roster = roster;
    this.tally = tally;
    this.delivery = delivery;
    this.answers = answers;
  }

  void heard(DataFrame frame, List<Heard> heard) {
    int devAddr = frame.header().devAddr();
    String name = "DevAddr " + HexFormat.of().toHexDigits(devAddr);
    List<Roster.Candidate> candidates = roster.candidates(devAddr);
    if (candidates.isEmpty()) {
      tally.refuseStranger(Refusal.UNKNOWN_ADDRESS, name);
      return;
    }
    for (Roster.Candidate candidate : candidates) {
      Optional<CounterMatch> match =
          CounterMatch.of(
              frame,
              candidate.keys(),
              candidate.session().fCntUp,
              isPersonalized(candidate.device()));
      if (match.isPresent()) {
        judge(candidate, match.get(), frame, heard);
        return;
      }
    }
    if (candidates.size() == 1) {
      tally.refuse(Refusal.WRONG_MIC, candidates.get(0).state());
    } else {
      tally.refuseStranger(Refusal.WRONG_MIC, name);
    }
  }

  private static boolean isPersonalized(RegisteredDevice device) {
    return device.activation() instanceof Activation.Abp;
  }

  private void judge(
      Roster.Candidate candidate, CounterMatch match, DataFrame frame, List<Heard> heard) {
    DeviceState state = candidate.state();
    switch (match.kind()) {
      case BACK -> {
        if (!beganAnew(candidate, match, frame)) {
          tally.refuse(Refusal.REPLAYED, state);
          return;
        }
        Session anew =
            roster.newPersonalized(candidate.device(), state, candidate.session().devAddr);
        anew.countDownFrom(candidate.session());
        take(
            new Roster.Candidate(candidate.device(), state, anew, candidate.keys()),
            new CounterMatch(CounterMatch.Kind.NEW, match.fCnt(), 0),
            frame,
            heard);
      }
      case NEW -> {
        if (match.lost() >= CounterMatch.MAX_GAP
            && candidate.session().fCntUp >= 0
            && candidate.device().version() == RegisteredDevice.Version.V1_0_3) {
          tally.refuse(Refusal.COUNTER_GAP, state);
          return;
        }
        take(candidate, match, frame, heard);
      }
      case AGAIN -> {
        state.retransmissions++;
        tally.retransmissions++;
        take(candidate, match, frame, heard);
      }
    }
  }

  /** Whether a counter that went back is believed: by choice, and not for a copy that is late. */
  private static boolean beganAnew(
      Roster.Candidate candidate, CounterMatch match, DataFrame frame) {
    return candidate.device().resetsCounters()
        && isPersonalized(candidate.device())
        && match.fCnt() == frame.header().fCnt()
        && !candidate.session().tookLately(mic(frame));
  }

  private static int mic(DataFrame frame) {
    return ByteBuffer.wrap(frame.bytes()).getInt(frame.bytes().length - Integer.BYTES);
  }

  private void take(Roster.Candidate by, CounterMatch match, DataFrame frame, List<Heard> heard) {
    Session session = by.session();
    DeviceState state = by.state();
    session.fCntUp = match.fCnt();
    session.took(mic(frame));
    state.heard(
        heard.get(0).reception(),
        match.kind() == CounterMatch.Kind.NEW,
        match.lost(),
        clock.epochMillis());
    begin(session, state);
    session.reserveDown();
    if (session.storedUp >= session.fCntUp && session.storedDown >= session.reservedDown) {
      act(by, match, frame, heard); // a retransmission whose counter is stored
      return;
    }
    answers.expect(by, frame, heard);
    long up = session.fCntUp;
    long down = session.reservedDown;
    var unused =
        memory
            .write(List.of(Memory.device(state)))
            .whenComplete(
                (nothing, failure) ->
                    scheduler.execute(
                        () -> {
                          if (failure != null) {
                            tally.refuse(Refusal.STORAGE, state);
                            return;
                          }
                          session.storedUp = Math.max(session.storedUp, up);
                          session.storedDown = Math.max(session.storedDown, down);
                          act(by, match, frame, heard);
                        }));
  }

  /** The first valid uplink of a new session ends the old one (6.2.5). */
  private void begin(Session session, DeviceState state) {
    if (session.equals(state.pending)) {
      Session over = state.active;
      state.active = session;
      state.pending = null;
      state.adrAsked = null;
      state.adrRefused = 0;
      if (over != null) {
        roster.unindex(state, over);
      }
    }
  }

  private void act(Roster.Candidate by, CounterMatch match, DataFrame frame, List<Heard> heard) {
    DeviceState state = by.state();
    DataHeader header = frame.header();
    byte[] plain = frame.plain(by.keys(), match.fCnt());
    MacCommand.Run run =
        MacCommand.parse(header.fPort() == 0 ? plain : header.fOpts(), Direction.UP);
    if (run.notRead().length > 0) {
      tally.refuse(Refusal.UNKNOWN_MAC_COMMAND, state);
    }
    if (header.fPort() > LAST_PORT) {
      tally.refuse(Refusal.RESERVED_PORT, state);
    }
    state.copies += heard.size() - 1;
    if (match.kind() == CounterMatch.Kind.NEW) {
      tally.frames++;
    }
    boolean saysHowItIs = false;
    for (MacCommand command : run.commands()) {
      if (command.cid() == Cid.DEV_STATUS) {
        saysHowItIs = true;
        status(command, state);
      }
    }
    boolean isApplications = header.fPort() >= 1 && header.fPort() <= LAST_PORT;
    Payload payload =
        new Payload(
            by.device(),
            "lorawan:" + state.devEui + ":" + by.session().stamp + ":" + match.fCnt(),
            match.fCnt(),
            isApplications ? header.fPort() : 0,
            isApplications ? plain : NOTHING,
            heard.stream().map(Heard::reception).toList(),
            match.lost(),
            saysHowItIs && state.battery >= 0 ? state.battery : Double.NaN,
            saysHowItIs ? state.marginDb : Double.NaN);
    Accepted accepted = new Accepted(by, frame, match, run.commands(), heard);
    answers.heard(accepted);
    var unused =
        delivery
            .deliver(payload)
            .whenComplete(
                (nothing, failure) ->
                    scheduler.execute(() -> delivered(accepted, state, failure == null)));
    if (!header.confirmed()) {
      answers.answer(accepted);
    }
  }

  /** Only what is safe is acknowledged: what is not, the device sends again. */
  private void delivered(Accepted accepted, DeviceState state, boolean isSafe) {
    if (!isSafe) {
      tally.refuse(Refusal.NOT_KEPT, state);
    } else if (accepted.frame().header().confirmed()) {
      answers.answer(accepted);
    }
  }

  /** A device says how it is (5.5). */
  private static void status(MacCommand answer, DeviceState state) {
    int level = answer.octet(0);
    state.battery =
        level == ON_MAINS || level == CANNOT_TELL ? -1 : (level - 1) * 100.0 / (FULL - 1);
    // Six bits and a sign.
    state.marginDb = answer.octet(1) << SIX_OF_32 >> SIX_OF_32;
  }
}
