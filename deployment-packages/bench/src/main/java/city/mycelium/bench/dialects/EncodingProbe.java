package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.DialectEvent.Send;
import com.sun.management.OperatingSystemMXBean;
import jakarta.json.Json;
import java.lang.management.ManagementFactory;

/**
 * A process of its own with a gateway's options, in which one dialect writes what a city has to
 * tell, over and over; how much of it in a second of processor time is said. Everything the process
 * takes counts: the dialect's turns for the platform's answers and the garbage collector too.
 */
final class EncodingProbe {

  private static final int SENDS = 100;
  private static final double WARM_UP_SECONDS = 3;
  private static final double SECONDS = 2;

  private final Conversation conversation;
  private final Speech speech;
  private final byte[] begin;

  /** Introduces the dialect to its platform. */
  private EncodingProbe(Setup setup) {
    speech = Speech.to(setup, SENDS);
    conversation = new Conversation(setup.dialect(), message -> {}, outcome -> {});
    conversation.say(speech.connected());
    speech.introduction().forEach(conversation::say);
    begin = conversation.state();
  }

  /**
   * Writes, counts, and ends.
   *
   * @param arguments the dialect's name
   */
  public static void main(String[] arguments) {
    EncodingProbe probe = new EncodingProbe(Setup.of(Kinds.named(arguments[0])));
    probe.perSecond(WARM_UP_SECONDS);
    System.out.println(
        Json.createObjectBuilder().add("perSecond", probe.perSecond(SECONDS)).build());
  }

  private double perSecond(double atLeastSeconds) {
    long observations = 0;
    double before = cpuSeconds();
    double taken = 0;
    while (taken < atLeastSeconds) {
      conversation.goBackTo(begin);
      for (Send send : speech.sends()) {
        conversation.say(send);
        observations += send.observations().size();
      }
      taken = cpuSeconds() - before;
    }
    return observations / taken;
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
