package city.mycelium.bench.dialects;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectEvent.Send;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/**
 * What a dialect's messages weigh.
 *
 * @param observations that it told; what it refused is none of them
 * @param messages in which it told them
 * @param payloadBytes of these
 * @param besideBytes of their channels and headers, as text
 * @param zippedBytes of the payloads as the HTTP connector sends them: those of 1,000 bytes and
 *     more in gzip
 * @param mediaTypes of what is not empty
 * @param identified how much of what was read back came with its identity
 * @param readBack what was read back; a platform may be told an Observation in parts
 */
record Weight(
    long observations,
    long messages,
    long payloadBytes,
    long besideBytes,
    long zippedBytes,
    SortedSet<String> mediaTypes,
    long identified,
    long readBack) {

  /** HttpSettings.USUAL_GZIP_FROM_BYTES. */
  private static final int ZIPPED_FROM_BYTES = 1_000;

  private static final int SENDS = 40;

  /** Between a header's name and its value, and after it (RFC 9112, 5). */
  private static final int BYTES_AROUND_HEADER = 4;

  /** Of one dialect, in a settled conversation. */
  static Weight of(Setup setup) {
    Speech speech = Speech.to(setup, SENDS);
    List<Message> messages = new ArrayList<>();
    SortedSet<Long> settled = new TreeSet<>();
    SortedSet<Long> rejected = new TreeSet<>();
    Conversation conversation =
        new Conversation(
            setup.dialect(), messages::add, outcome -> take(outcome, settled, rejected));
    conversation.say(speech.connected());
    speech.introduction().forEach(conversation::say);
    messages.clear();
    rejected.clear();
    long observations = 0;
    for (Send send : speech.sends()) {
      conversation.say(send);
      observations += send.observations().size();
      send.observations()
          .forEach(
              told -> {
                long offset = Speech.offset(told);
                if (!settled.contains(offset) && !rejected.contains(offset)) {
                  throw new IllegalStateException(
                      setup.kind().name() + " neither delivered nor refused " + told);
                }
              });
    }
    return of(messages, observations - rejected.size(), setup.reader());
  }

  private static void take(Outcome outcome, SortedSet<Long> settled, SortedSet<Long> rejected) {
    if (outcome instanceof Outcome.Delivered delivered) {
      for (long at = delivered.offsets().first(); at <= delivered.offsets().last(); at++) {
        settled.add(at);
      }
    } else if (outcome instanceof Outcome.Rejected no) {
      for (long at = no.offsets().first(); at <= no.offsets().last(); at++) {
        rejected.add(at);
      }
    }
  }

  private static Weight of(List<Message> messages, long observations, MessageReader reader) {
    long payload = 0;
    long beside = 0;
    long zipped = 0;
    long identified = 0;
    long readBack = 0;
    SortedSet<String> mediaTypes = new TreeSet<>();
    for (Message message : messages) {
      byte[] bytes = message.payload();
      payload += bytes.length;
      zipped += bytes.length < ZIPPED_FROM_BYTES ? bytes.length : zipped(bytes);
      beside += bytesBeside(message);
      if (bytes.length > 0) {
        mediaTypes.add(message.mediaType());
      }
      List<ToldObservation> told = read(reader, message);
      readBack += told.size();
      identified += told.stream().filter(each -> each.identity() != null).count();
    }
    return new Weight(
        observations, messages.size(), payload, beside, zipped, mediaTypes, identified, readBack);
  }

  private static List<ToldObservation> read(MessageReader reader, Message message) {
    try {
      return reader.read(message);
    } catch (UnreadableMessageException e) {
      throw new IllegalStateException("a dialect cannot read what it wrote", e);
    }
  }

  private static long bytesBeside(Message message) {
    long bytes = message.channel().length();
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      bytes += utf8(header.getKey()).length + utf8(header.getValue()).length + BYTES_AROUND_HEADER;
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.size();
  }

  double payloadEach() {
    return (double) payloadBytes / observations;
  }

  double besideEach() {
    return (double) besideBytes / observations;
  }

  double zippedEach() {
    return (double) zippedBytes / observations;
  }

  double observationsPerMessage() {
    return (double) observations / messages;
  }

  /** Whether each Observation has its identity with it; of one in parts, a part is enough. */
  boolean hasIdentity() {
    return identified >= observations;
  }
}
