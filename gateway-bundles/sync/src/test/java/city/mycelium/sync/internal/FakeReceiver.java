package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The city side of docs/wire.md in memory: stores, keeps coverage, and acknowledges when told. */
final class FakeReceiver {

  /** docs/wire.md, 4. */
  private static final int MOST_ABOVE = 100;

  final TreeSet<Long> stored = new TreeSet<>();
  private final NavigableMap<Long, Long> covered = new TreeMap<>();

  /** Takes a message, as if its commit were done. */
  void take(FakePlatform.Sent message) {
    stored.addAll(message.offsets());
    cover(message.covers());
  }

  private void cover(OffsetRange range) {
    long first = range.first();
    long last = range.last();
    var before = covered.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      first = before.getKey();
      last = Math.max(last, before.getValue());
    }
    for (var next = covered.ceilingEntry(first);
        next != null && next.getKey() <= last + 1;
        next = covered.ceilingEntry(first)) {
      last = Math.max(last, next.getValue());
      covered.remove(next.getKey());
    }
    covered.put(first, last);
  }

  /** Its database was lost. */
  void forgetAll() {
    stored.clear();
    covered.clear();
  }

  List<OffsetRange> covered() {
    List<OffsetRange> ranges = new ArrayList<>();
    covered.forEach((first, last) -> ranges.add(new OffsetRange(first, last)));
    return ranges;
  }

  /** Says what the dialect would make of the acknowledgement: what is there, and what lacks. */
  void acknowledge(FakePlatform platform, long epoch) {
    long upTo = 0;
    int above = 0;
    for (OffsetRange range : covered()) {
      boolean isContiguous = range.first() == 1;
      if (!isContiguous && ++above > MOST_ABOVE) {
        return;
      }
      platform.acknowledge(epoch, range.first(), range.last());
      if (range.first() > upTo + 1) {
        platform.say("lack " + epoch + " " + (upTo + 1) + " " + (range.first() - 1));
      }
      upTo = range.last();
    }
  }
}
