package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.network.DeviceState.Queued;
import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said to a device after an uplink of it: one frame at most, with everything in it (LoRaWAN
 * 1.0.3, 3.3 and 5). Touched by the network's tasks only.
 */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  /** A confirmed downlink that was never acknowledged is given up after so many. */
  private static final int MOST_ATTEMPTS = 8;

  private static final int ADR_GIVEN_UP_AFTER = 3;

  /** Bytes of MHDR, FHDR with all of its FOpts, and MIC (4). */
  private static final int LONGEST_WITHOUT_PAYLOAD = 12 + DataHeader.LONGEST_OPTIONS;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NetworkSettings settings;
  private final Clock clock;
  private final TrustedTime trusted;
  private final Memory memory;
  private final Transmitter transmitter;
  private final Tally tally;

  Answers(
      NetworkSettings settings,
      Clock clock,
      TrustedTime trusted,
      Memory memory,
      Transmitter transmitter,
      Tally tally) {
    this.settings = settings;
    this.clock = clock;
    this.trusted = trusted;
    this.memory = memory;
    this.transmitter = transmitter;
    this.tally = tally;
  }

  /** A frame is taken, and its counter is being stored: if it asks for an answer, so is the air. */
  void expect(Roster.Candidate by, DataFrame frame, List<Heard> heard) {
    DataHeader header = frame.header();
    if (header.confirmed()
        || header.fCtrl().adrAckReq()
        || header.fOpts().length > 0
        || header.fPort() == 0
        || !by.state().queue.isEmpty()) {
      transmitter.prepare(heard, by.session().rx2DataRate, LONGEST_WITHOUT_PAYLOAD);
    }
  }

  /** Takes in what the device answers to us, before anything new is said. */
  void heard(Accepted accepted) {
    DeviceState state = accepted.by().state();
    DataHeader header = accepted.frame().header();
    if (accepted.match().kind() == CounterMatch.Kind.NEW) {
      uplinkDataRate(accepted)
          .ifPresent(rate -> accepted.by().session().adr.heard(rate, accepted.best().snrDb()));
      Queued first = state.queue.peekFirst();
      if (header.fCtrl().ack() && first != null && first.confirmed() && first.attempts() > 0) {
        done(state, first);
      }
    }
    for (MacCommand command : accepted.commands()) {
      Adr.Choice asked = state.adrAsked;
      if (command.cid() == Cid.LINK_ADR && asked != null) {
        adrAnswered(command, accepted.by().session(), state, asked);
      }
    }
  }

  private static void adrAnswered(
      MacCommand answer, Session session, DeviceState state, Adr.Choice asked) {
    boolean taken = (answer.octet(0) & 0x7) == 0x7; // power, data rate and channels (5.2)
    if (taken) {
      session.power = asked.power();
      state.adrRefused = 0;
    } else {
      state.adrRefused++;
    }
    session.adr.forget();
    state.adrAsked = null;
  }

  private OptionalInt uplinkDataRate(Accepted accepted) {
    return settings.region().uplinkDataRate(accepted.best().dataRate());
  }

  /** Says what there is to say, if anything. */
  void answer(Accepted accepted) {
    DeviceState state = accepted.by().state();
    Session session = accepted.by().session();
    DataHeader header = accepted.frame().header();
    if (accepted.match().fCnt() != session.fCntUp) {
      tally.outcome(Transmitter.Outcome.TOO_LATE); // it would be taken for an answer to a later one
      return;
    }
    List<MacCommand> commands = new ArrayList<>();
    commands.addAll(asked(accepted));
    Optional<Adr.Choice> choice = choice(accepted);
    choice.ifPresent(better -> commands.add(linkAdr(better, accepted)));
    boolean asksStatus = isTimeForStatus(state);
    if (asksStatus) {
      commands.add(MacCommand.devStatusReq());
    }
    byte[] fOpts = fitting(commands);
    Queued item = item(state, fOpts.length, accepted, session);
    if (!header.confirmed() && fOpts.length == 0 && item == null && !header.fCtrl().adrAckReq()) {
      return;
    }
    if (session.nextDown >= session.storedDown) {
      tally.outcome(Transmitter.Outcome.NOT_SENT); // its counter might be used twice
      return;
    }
    long fCnt = session.nextDown++;
    boolean more = state.queue.size() > (item == null ? 0 : 1);
    byte[] frame =
        DataFrame.build(
            accepted.by().keys(),
            new DataHeader(
                Direction.DOWN,
                item != null && item.confirmed(),
                session.devAddr,
                new FCtrl(accepted.by().device().adr(), false, header.confirmed(), more),
                (int) (fCnt & 0xffff),
                fOpts,
                item == null ? DataHeader.NO_PORT : item.fPort()),
            fCnt,
            item == null ? new byte[0] : item.bytes());
    if (item != null) {
      state.isFirstUnderWay = true;
    }
    transmitter.send(
        new Transmitter.Answer(
            state.devEui,
            frame,
            session.rxDelaySeconds,
            session.rx2DataRate,
            fOpts.length + (item == null ? 0 : item.bytes().length)),
        accepted.heard(),
        outcome -> {
          tally.outcome(outcome);
          if (item != null) {
            state.isFirstUnderWay = false;
          }
          if (outcome == Transmitter.Outcome.SENT) {
            sent(accepted, item, choice, asksStatus);
          }
        });
  }

  private void sent(
      Accepted accepted, @Nullable Queued item, Optional<Adr.Choice> choice, boolean asksStatus) {
    DeviceState state = accepted.by().state();
    state.downlinks++;
    if (accepted.frame().header().confirmed()) {
      tally.acknowledged++;
    }
    choice.ifPresent(
        asked -> {
          state.adrAsked = asked;
          accepted.by().session().adr.forget();
        });
    if (asksStatus) {
      state.asked = true;
      state.askedAtNanos = clock.monotonicNanos();
    }
    if (item == null || !item.equals(state.queue.peekFirst())) {
      return;
    }
    if (!item.confirmed()) {
      done(state, item);
    } else if (item.attempts() + 1 >= MOST_ATTEMPTS) {
      LOG.warn(
          "Device {} has not acknowledged a downlink after {} attempts; it is given up.",
          state.devEui,
          MOST_ATTEMPTS);
      done(state, item);
    } else {
      state.queue.removeFirst();
      state.queue.addFirst(
          new Queued(item.number(), item.fPort(), true, item.bytes(), item.attempts() + 1));
    }
  }

  private void done(DeviceState state, Queued item) {
    state.queue.removeFirst();
    CompletableFuture<Void> removed =
        memory.write(List.of(Memory.done(state.devEui, item.number())));
    removed.exceptionally(
        failure -> {
          LOG.warn(
              "A downlink for device {} has gone out and could not be removed from the store; after"
                  + " a restart it goes out once more: {}",
              state.devEui,
              failure.getMessage());
          return null;
        });
  }

  /** The first that waits, if it fits. */
  private @Nullable Queued item(
      DeviceState state, int optionBytes, Accepted accepted, Session session) {
    Queued first = state.queue.peekFirst();
    if (first == null || state.isFirstUnderWay) {
      return null;
    }
    int most = transmitter.mostPayload(accepted.best(), session.rx2DataRate);
    return optionBytes + first.bytes().length <= most ? first : null;
  }

  private static byte[] fitting(List<MacCommand> commands) {
    List<MacCommand> fit = new ArrayList<>();
    int length = 0;
    for (MacCommand command : commands) {
      if (length + command.length() <= DataHeader.LONGEST_OPTIONS) {
        fit.add(command);
        length += command.length();
      }
    }
    return MacCommand.bytes(fit);
  }

  /** What the device asks for and can be told. */
  private List<MacCommand> asked(Accepted accepted) {
    List<MacCommand> answers = new ArrayList<>();
    for (MacCommand command : accepted.commands()) {
      if (command.cid() == Cid.LINK_CHECK) {
        DataRate rate = accepted.best().dataRate();
        double margin = accepted.best().snrDb() - Adr.neededDb(rate);
        answers.add(MacCommand.linkCheckAns((int) Math.floor(margin), concentrators(accepted)));
      } else if (command.cid() == Cid.DEVICE_TIME && trusted.trust().isTrusted()) {
        long ago = (clock.monotonicNanos() - accepted.best().heardAtNanos()) / NANOS_PER_MILLI;
        answers.add(
            MacCommand.deviceTimeAns(
                GpsTime.millis(clock.epochMillis() - ago, settings.leapSeconds())));
      }
    }
    return answers;
  }

  private static int concentrators(Accepted accepted) {
    return (int)
        accepted.heard().stream().map(heard -> heard.reception().concentrator()).distinct().count();
  }

  private Optional<Adr.Choice> choice(Accepted accepted) {
    DeviceState state = accepted.by().state();
    FCtrl flags = accepted.frame().header().fCtrl();
    if (!accepted.by().device().adr() || !flags.adr() || state.adrRefused >= ADR_GIVEN_UP_AFTER) {
      return Optional.empty();
    }
    Session session = accepted.by().session();
    return session.adr.choose(settings.region(), session.power, flags.adrAckReq());
  }

  /** All channels that the device must know: those of the region, and those of its join. */
  private MacCommand linkAdr(Adr.Choice choice, Accepted accepted) {
    Region region = settings.region();
    int channels = region.channels().size();
    if (accepted.by().device().activation() instanceof Activation.Otaa) {
      channels += region.moreChannelsHz().size();
    }
    return MacCommand.linkAdrReq(choice.dataRate(), choice.power(), (1 << channels) - 1, 0, 1);
  }

  private boolean isTimeForStatus(DeviceState state) {
    return !settings.askStatusEvery().isZero()
        && (!state.asked
            || clock.monotonicNanos() - state.askedAtNanos >= settings.askStatusEvery().toNanos());
  }
}
