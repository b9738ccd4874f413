package city.mycelium.journal.internal.rescue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a table's b-tree (SQLite, "Database File Format", 1.6): a leaf with rows, or an
 * interior page that points to others. Reads within bounds. Immutable.
 */
final class TablePage {

  private static final int INTERIOR = 5;
  private static final int LEAF = 13;

  /** A cell is never shorter, so that it can be freed. */
  private static final int SMALLEST_CELL = 4;

  /** Longer is no row of ours; a guard against bytes that are no length. */
  private static final int LONGEST_ROW = 8 << 20;

  private final byte[] bytes;
  private final int usable;
  private final int start;
  private final int type;
  private final List<Cell> cells = new ArrayList<>();

  /**
   * A row, or a pointer.
   *
   * @param key the row id; in an interior page, the greatest one that is found by the pointer
   * @param child the page that an interior cell points to; 0 in a leaf
   * @param payload bytes of the row in all
   * @param at where those of them begin that are in this page
   * @param local how many those are
   * @param length bytes of the whole cell in this page
   */
  record Cell(long key, int child, long payload, int at, int local, int length) {}

  private TablePage(byte[] bytes, boolean isFirstOfFile, int usable) throws DamageException {
    this.bytes = bytes;
    this.usable = usable;
    start = isFirstOfFile ? 100 : 0;
    type = bytes[start] & 0xFF;
    if (type != INTERIOR && type != LEAF) {
      throw new DamageException("a page of a table is of kind " + type);
    }
  }

  /**
   * Reads a page of which all must be there.
   *
   * @throws DamageException if it is no page of a table, or one whose cells are not all in it
   */
  static TablePage whole(byte[] bytes, boolean isFirstOfFile, int usable) throws DamageException {
    TablePage page = new TablePage(bytes, isFirstOfFile, usable);
    if (page.pointers() + 2 * page.count() > usable) {
      throw new DamageException("a page claims to hold " + page.count() + " cells");
    }
    for (int i = 0; i < page.count(); i++) {
      page.cells.add(page.cell(page.u16(page.pointers() + 2 * i)));
    }
    return page;
  }

  /**
   * Reads what can be read of a page.
   *
   * @throws DamageException if it is no page of a table
   */
  static TablePage readable(byte[] bytes, boolean isFirstOfFile, int usable)
      throws DamageException {
    TablePage page = new TablePage(bytes, isFirstOfFile, usable);
    // As far as there is room for pointers, not as far as it counts: a count that was changed
    // hides rows.
    int content = page.contentStart();
    for (int at = page.pointers(); at + 2 <= Math.min(content, usable); at += 2) {
      try {
        if (page.u16(at) >= content) {
          page.cells.add(page.cell(page.u16(at)));
        }
      } catch (DamageException e) {
        // This one is not to be read; the next may be.
      }
    }
    return page;
  }

  private int pointers() {
    return start + headerBytes();
  }

  private int count() throws DamageException {
    return u16(start + 3);
  }

  private int contentStart() throws DamageException {
    return u16(start + 5) == 0 ? 65_536 : u16(start + 5);
  }

  private int headerBytes() {
    return type == LEAF ? 8 : 12;
  }

  boolean isLeaf() {
    return type == LEAF;
  }

  List<Cell> cells() {
    return cells;
  }

  /** The page with all keys that are greater than those of the cells; of an interior page only. */
  int rightmost() {
    return ByteBuffer.wrap(bytes).getInt(start + 8);
  }

  /** What of a cell's payload lies in this page. */
  ByteBuffer local(Cell cell) {
    return ByteBuffer.wrap(bytes, cell.at(), cell.local());
  }

  /** The page where the rest of a cell's payload begins; 0 if there is none. */
  int overflow(Cell cell) {
    return cell.local() < cell.payload()
        ? ByteBuffer.wrap(bytes).getInt(cell.at() + cell.local())
        : 0;
  }

  private Cell cell(int from) throws DamageException {
    int at = from;
    int child = 0;
    long payload = 0;
    if (type == INTERIOR) {
      within(at, 4);
      child = ByteBuffer.wrap(bytes).getInt(at);
      at += 4;
    } else {
      within(at, 1);
      payload = varint(at);
      at += varintBytes(at);
    }
    long key = varint(at);
    at += varintBytes(at);
    int local = local(payload);
    int length = Math.max(SMALLEST_CELL, at - from + local + (local < payload ? 4 : 0));
    within(from, length);
    return new Cell(key, child, payload, at, local, length);
  }

  /** "Database File Format", 1.6: how much of a table leaf's payload stays in the page. */
  private int local(long payload) throws DamageException {
    if (payload < 0 || payload > LONGEST_ROW) {
      throw new DamageException("a row claims to have " + payload + " bytes");
    }
    int most = usable - 35;
    if (payload <= most) {
      return (int) payload;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int wanted = least + (int) ((payload - least) % (usable - 4));
    return wanted <= most ? wanted : least;
  }

  /**
   * Holds what is used and what is free against the size of the page: what {@code integrity_check}
   * does with every page, and what notices that a cell is no longer counted.
   *
   * @throws DamageException if it does not add up, or the keys do not rise
   */
  void addUp() throws DamageException {
    int used = headerBytes() + start + 2 * cells.size();
    for (Cell cell : cells) {
      used += cell.length();
    }
    int fragments = bytes[start + 7] & 0xFF;
    int content = contentStart();
    int gap = content - (start + headerBytes() + 2 * cells.size());
    int free = gap + fragments;
    int before = 0;
    for (int block = u16(start + 1); block != 0; block = u16(block)) {
      if (block <= before || block < content || block + 4 > usable) {
        throw new DamageException("the free space of a page is not where it says");
      }
      free += u16(block + 2);
      before = block;
    }
    if (gap < 0 || used + free != usable) {
      throw new DamageException(
          "a page of " + usable + " bytes uses " + used + " and has " + free + " free");
    }
    for (int i = 1; i < cells.size(); i++) {
      if (cells.get(i).key() <= cells.get(i - 1).key()) {
        throw new DamageException("the rows of a page do not follow each other");
      }
    }
  }

  private int u16(int at) throws DamageException {
    within(at, 2);
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  private void within(int at, int length) throws DamageException {
    if (at < start || at + length > usable) {
      throw new DamageException("a page points beyond its end");
    }
  }

  private long varint(int at) throws DamageException {
    long value = 0;
    for (int i = 0; i < 9; i++) {
      within(at + i, 1);
      int next = bytes[at + i] & 0xFF;
      if (i == 8) {
        return (value << 8) | next;
      }
      value = (value << 7) | (next & 0x7F);
      if (next < 0x80) {
        return value;
      }
    }
    return value;
  }

  private int varintBytes(int at) {
    int length = 1;
    while (length < 9 && bytes[at + length - 1] < 0) {
      length++;
    }
    return length;
  }
}
