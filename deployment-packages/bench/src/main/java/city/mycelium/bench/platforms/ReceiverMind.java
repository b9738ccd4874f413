package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The city's end of docs/wire.md in memory: keeps what comes and which offsets it covers, and says
 * over the return path what it has.
 */
final class ReceiverMind implements Mind {

  private final MessageReader reader;
  private final SenmlCodec codec;
  private final Shelf shelf;
  private final Consumer<byte[]> returnPath;

  /** Ranges that do not touch each other, by their first offset. */
  private final NavigableMap<Long, Long> covered = new TreeMap<>();

  /**
   * A receiver that has nothing yet.
   *
   * @param returnPath takes acknowledgements, to be retained
   */
  ReceiverMind(MessageReader reader, SenmlCodec codec, Shelf shelf, Consumer<byte[]> returnPath) {
    this.reader = reader;
    this.codec = codec;
    this.shelf = shelf;
    this.returnPath = returnPath;
  }

  @Override
  public boolean carries(Message message) {
    return message.channel().equals("data");
  }

  @Override
  public Reply take(Message message) {
    if (!carries(message)) {
      return new Reply(204); // a status: nothing follows from it here
    }
    try {
      SenmlPack pack = codec.decode(message.payload());
      shelf.put(reader.read(message));
      synchronized (covered) {
        cover(pack.covers());
        returnPath.accept(acknowledgement(pack.epoch()).toJson());
      }
      return new Reply(204);
    } catch (SenmlException | UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  private void cover(OffsetRange range) {
    long first = range.first();
    long last = range.last();
    Map.Entry<Long, Long> before = covered.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      first = before.getKey();
      last = Math.max(last, before.getValue());
    }
    for (Map.Entry<Long, Long> next = covered.ceilingEntry(first);
        next != null && next.getKey() <= last + 1;
        next = covered.ceilingEntry(first)) {
      last = Math.max(last, next.getValue());
      covered.remove(next.getKey());
    }
    covered.put(first, last);
  }

  private Acknowledgement acknowledgement(long epoch) {
    long contiguous = covered.getOrDefault(1L, 0L);
    List<OffsetRange> above = new ArrayList<>();
    covered.forEach(
        (first, last) -> {
          if (first > 1) {
            above.add(new OffsetRange(first, last));
          }
        });
    return new Acknowledgement(epoch, contiguous, above, shelf.distinct());
  }
}
