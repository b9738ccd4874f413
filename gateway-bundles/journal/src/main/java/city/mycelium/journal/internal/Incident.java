package city.mycelium.journal.internal;

import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened to a journal's file, kept in the journal that goes on from it. Immutable.
 *
 * @param at UTC epoch milliseconds, by the gateway's best time
 * @param epoch that the journal had until then
 * @param why in words
 * @param aside the name of the file that was set aside; empty if none was
 * @param losses what could not be read, in order
 * @param remarks what else was lost, each in words
 */
record Incident(
    long at, long epoch, String why, String aside, List<Loss> losses, List<String> remarks) {

  /** Whose state incidents are, in the journal's own state store. */
  static final String COMPONENT = "journal.incidents";

  /**
   * A run of offsets that cannot be read any more.
   *
   * @param receivedFrom what came before it was received by then; 0 if nothing did
   * @param receivedTo what came after it was received by then; 0 if nothing did
   * @param counts per Datastream, how many
   */
  record Loss(
      long first, long last, long receivedFrom, long receivedTo, Map<DatastreamId, Long> counts) {

    Loss {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    long size() {
      return last - first + 1;
    }
  }

  Incident {
    losses = List.copyOf(losses);
    remarks = List.copyOf(remarks);
  }

  long observationsLost() {
    return losses.stream().mapToLong(Loss::size).sum();
  }

  /** What a person has to know of it. */
  String inWords() {
    StringBuilder words = new StringBuilder(why);
    if (!aside.isEmpty()) {
      words.append(" The file was set aside as ").append(aside).append(" and is kept.");
    }
    words.append(
        losses.isEmpty()
            ? " No observation was lost."
            : " " + observationsLost() + " observations cannot be read any more:");
    for (Loss loss : losses) {
      words
          .append(" offsets ")
          .append(loss.first())
          .append(" to ")
          .append(loss.last())
          .append(", received ")
          .append(between(loss))
          .append(", of ")
          .append(loss.counts())
          .append(';');
    }
    remarks.forEach(remark -> words.append(' ').append(remark));
    return words.toString();
  }

  static String between(Loss loss) {
    return (loss.receivedFrom() == 0 ? "at first" : "from " + time(loss.receivedFrom()))
        + " to "
        + (loss.receivedTo() == 0 ? "the end" : time(loss.receivedTo()));
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** As an entry of the state of the journal that goes on. */
  StateChange asState(long nextEpoch) {
    return StateChange.put(COMPONENT, Identity.epochText(nextEpoch), toBytes());
  }

  /** As it is kept: lines of a word and what belongs to it. */
  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    line(text, "at", at);
    line(text, "epoch", epoch);
    line(text, "why", why);
    line(text, "aside", aside);
    remarks.forEach(remark -> line(text, "remark", remark));
    for (Loss loss : losses) {
      line(
          text,
          "lost",
          loss.first() + " " + loss.last() + " " + loss.receivedFrom() + " " + loss.receivedTo());
      loss.counts().forEach((datastream, count) -> line(text, "of", count + " " + datastream));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(' ').append(value.toString().replace('\n', ' ')).append('\n');
  }

  /** The reverse of {@link #toBytes}; lines that it does not know are skipped. */
  static Incident of(byte[] bytes) {
    Map<String, String> words = new TreeMap<>();
    List<Loss> losses = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.split(" ", 2);
      switch (parts[0]) {
        case "lost" -> {
          String[] numbers = parts[1].split(" ", -1);
          losses.add(
              new Loss(
                  Long.parseLong(numbers[0]),
                  Long.parseLong(numbers[1]),
                  Long.parseLong(numbers[2]),
                  Long.parseLong(numbers[3]),
                  Map.of()));
        }
        case "of" -> {
          Loss loss = losses.remove(losses.size() - 1);
          String[] row = parts[1].split(" ", 2);
          Map<DatastreamId, Long> counts = new TreeMap<>(loss.counts());
          counts.put(new DatastreamId(row[1]), Long.parseLong(row[0]));
          losses.add(
              new Loss(loss.first(), loss.last(), loss.receivedFrom(), loss.receivedTo(), counts));
        }
        case "remark" -> remarks.add(parts[1]);
        default -> words.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
    }
    return new Incident(
        Long.parseLong(words.getOrDefault("at", "0")),
        Long.parseLong(words.getOrDefault("epoch", "0")),
        words.getOrDefault("why", ""),
        words.getOrDefault("aside", ""),
        losses,
        remarks);
  }

  /** Gathers what is found out one by one. For one thread. */
  static final class Builder {

    private final long at;
    private final long epoch;
    private final String why;
    private String aside = "";
    private final List<Loss> losses = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Builder(long at, long epoch, String why) {
      this.at = at;
      this.epoch = epoch;
      this.why = why;
    }

    void aside(String name) {
      aside = name;
    }

    void loss(Loss loss) {
      losses.add(loss);
    }

    void remark(String remark) {
      remarks.add(remark);
    }

    Incident build() {
      return new Incident(at, epoch, why, aside, losses, remarks);
    }
  }
}
