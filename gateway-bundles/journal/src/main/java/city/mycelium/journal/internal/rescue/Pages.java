package city.mycelium.journal.internal.rescue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The pages of a file as SQLite sees them: from the write-ahead log where that has a later one. For
 * one thread, while nobody writes the file.
 */
public final class Pages implements AutoCloseable {

  private static final byte[] TITLE = {
    'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0
  };
  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;

  private final FileChannel file;
  private final FileChannel log;
  private final Map<Integer, Long> inLog;
  private final int pageBytes;
  private final int reserved;
  private final int count;

  private Pages(FileChannel file, FileChannel log, WriteAheadLog wal)
      throws IOException, DamageException {
    this.file = file;
    this.log = log;
    inLog = wal.latest();
    ByteBuffer header = ByteBuffer.allocate(100);
    read(firstPageFrom(), firstPageAt(), header);
    for (int i = 0; i < TITLE.length; i++) {
      if (header.get(i) != TITLE[i]) {
        throw new DamageException("it does not begin as a SQLite database does");
      }
    }
    int stated = header.getShort(PAGE_SIZE_AT) & 0xFFFF;
    pageBytes = stated == 1 ? 65_536 : stated;
    if (!isPageSize(pageBytes)) {
      throw new DamageException("its pages cannot have " + pageBytes + " bytes");
    }
    reserved = header.get(RESERVED_AT) & 0xFF;
    count = wal.pages() > 0 ? wal.pages() : (int) (file.size() / pageBytes);
  }

  /** Opens a file and its log for reading. */
  public static Pages open(Path path, Path logPath, WriteAheadLog wal)
      throws IOException, DamageException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    FileChannel log = file;
    boolean open = false;
    try {
      if (Files.exists(logPath)) {
        log = FileChannel.open(logPath, StandardOpenOption.READ);
      }
      Pages pages = new Pages(file, log, wal);
      open = true;
      return pages;
    } finally {
      if (!open) {
        file.close();
        log.close();
      }
    }
  }

  static boolean isPageSize(int bytes) {
    return bytes >= 512 && bytes <= 65_536 && Integer.bitCount(bytes) == 1;
  }

  public int pageBytes() {
    return pageBytes;
  }

  public int count() {
    return count;
  }

  /** The bytes of a page that are used, all but what some extension has reserved. */
  int usableBytes() {
    return pageBytes - reserved;
  }

  private FileChannel firstPageFrom() {
    return inLog.containsKey(1) ? log : file;
  }

  private long firstPageAt() {
    return inLog.getOrDefault(1, 0L);
  }

  /** A page; from 1. */
  byte[] page(int number) throws IOException, DamageException {
    if (number < 1 || number > count) {
      throw new DamageException("it points to page " + number + " of " + count);
    }
    ByteBuffer page = ByteBuffer.allocate(pageBytes);
    Long at = inLog.get(number);
    read(at == null ? file : log, at == null ? (number - 1L) * pageBytes : at, page);
    return page.array();
  }

  private static void read(FileChannel from, long at, ByteBuffer into)
      throws IOException, DamageException {
    long next = at;
    while (into.hasRemaining()) {
      int read = from.read(into, next);
      if (read < 0) {
        throw new DamageException("it ends in the middle of a page");
      }
      next += read;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    log.close();
  }
}
