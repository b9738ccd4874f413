package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Uses a device class as the gateway does, and judges what comes of it. */
final class Trying<B> {

  private final PolledContract<B> contract;
  private final Map<String, Channel> channels;
  private @Nullable Map<String, Result> baseline;

  Trying(PolledContract<B> contract, Findings findings) {
    this.contract = contract;
    this.channels =
        ResultSet.channels(
            new DeviceId("kit.1"),
            contract.kind().description(),
            contract.kind().description().interval());
    findings.subject(
        contract.kind().description().name()
            + " ("
            + contract.kind().description().title()
            + "); against damage: "
            + contract.integrity());
  }

  /** What a healthy device gives. */
  Map<String, Result> baseline() throws DeviceException {
    Map<String, Result> known = baseline;
    if (known == null) {
      known = results(contract.healthy(), contract.settings());
      baseline = known;
    }
    return known;
  }

  /** What passes when a healthy device is connected and gives results once. */
  List<Transfer> transfers() throws DeviceException {
    FakeBus<B> bus = contract.healthy();
    results(bus, contract.settings());
    return bus.transfers();
  }

  int transfersOfConnecting() throws DeviceException {
    FakeBus<B> bus = contract.healthy();
    connect(bus).close();
    return bus.transfers().size();
  }

  /** Where trouble may begin: with connecting, and with reading. */
  int[] beginnings() throws DeviceException {
    return IntStream.of(0, transfersOfConnecting()).distinct().toArray();
  }

  Poll connect(FakeBus<B> bus) throws DeviceException {
    return connect(contract.kind(), bus, contract.settings());
  }

  private static <B> Poll connect(DeviceKind<B> kind, FakeBus<B> bus, Map<String, String> settings)
      throws DeviceException {
    return kind.connect(bus.bus(), DeviceSettings.of(kind.description(), settings));
  }

  /** Connects, reads until there are results, and closes. */
  Map<String, Result> results(FakeBus<B> bus, Map<String, String> settings) throws DeviceException {
    return results(contract.kind(), bus, settings);
  }

  Map<String, Result> results(DeviceKind<B> kind, FakeBus<B> bus, Map<String, String> settings)
      throws DeviceException {
    try (Poll poll = connect(kind, bus, settings)) {
      return readUntilResults(poll);
    }
  }

  Map<String, Result> readUntilResults(Poll poll) throws DeviceException {
    for (int warmUp = 0; warmUp < contract.warmUpReads(); warmUp++) {
      try {
        Map<String, Result> results = readOnce(poll);
        if (!results.isEmpty()) {
          return results;
        }
      } catch (DeviceException e) {
        if (e.state() != DeviceState.WARMING_UP && e.state() != DeviceState.STALE) {
          throw e;
        }
      }
    }
    return readOnce(poll);
  }

  private Map<String, Result> readOnce(Poll poll) throws DeviceException {
    ResultSet set = new ResultSet(channels);
    poll.read(set);
    Map<String, Result> results = new LinkedHashMap<>();
    for (Reading reading : set.readings()) {
      results.put(reading.channel().name(), reading.result());
    }
    return results;
  }

  void judge(Fault fault, Outcome worst, String what, Line line) throws DeviceException {
    FakeBus<B> bus = contract.healthy();
    bus.disturb(fault);
    judge(bus, worst, what, line);
  }

  /**
   * Tries a disturbed device once.
   *
   * @param worst what is still accepted
   */
  void judge(FakeBus<B> bus, Outcome worst, String what, Line line) throws DeviceException {
    Map<String, Result> expected = baseline();
    try {
      Map<String, Result> results = results(bus, contract.settings());
      if (results.isEmpty()) {
        line.count(Outcome.NOTICED);
      } else if (results.equals(expected)) {
        line.count(Outcome.HARMLESS);
      } else if (worst == Outcome.NOTICED) {
        line.fault(what + ": went unnoticed, and gave " + results + " for " + expected);
      } else {
        line.count(worst);
      }
    } catch (DeviceException e) {
      requireWords(e, what, line);
      line.count(Outcome.NOTICED);
    } catch (RuntimeException e) { // the device class is on trial: this is its failure, not ours
      line.fault(what + ": " + e + " instead of a DeviceException, at " + e.getStackTrace()[0]);
    }
  }

  /**
   * Reads once, and then again with trouble that does not end: that gives no result, not even the
   * same.
   */
  void failsAfterAGoodRead(Fault fault, String what, Line line) throws DeviceException {
    FakeBus<B> bus = contract.healthy();
    try (Poll poll = connect(bus)) {
      readUntilResults(poll);
      bus.disturb(fault);
      Map<String, Result> results = readUntilResults(poll);
      if (!results.isEmpty()) {
        line.fault("after a good read " + what + ", and still it gives " + results);
        return;
      }
    } catch (DeviceException e) {
      requireWords(e, what, line);
    } catch (RuntimeException e) { // the device class is on trial: this is its failure, not ours
      line.fault(what + ": " + e + " instead of a DeviceException, at " + e.getStackTrace()[0]);
      return;
    }
    line.count(Outcome.NOTICED);
  }

  /** After this, with the same device well again, it is connected anew and gives its results. */
  void recovers(Fault fault, String what, Line line) throws DeviceException {
    FakeBus<B> bus = contract.healthy();
    bus.disturb(fault);
    try {
      results(bus, contract.settings());
    } catch (DeviceException | RuntimeException e) {
      // As judge() sees it; here what comes after it counts.
    }
    bus.disturb(Fault.NONE);
    try {
      Map<String, Result> results = results(bus, contract.settings());
      if (results.equals(baseline())) {
        line.count(Outcome.HELD);
      } else {
        line.fault(what + ": connected again, it gives " + results);
      }
    } catch (DeviceException | RuntimeException e) {
      line.fault(what + ": cannot be connected again: " + e);
    }
  }

  private static void requireWords(DeviceException e, String what, Line line) {
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      line.fault(what + ": the exception has no message for whoever stands before the device");
    }
  }
}
