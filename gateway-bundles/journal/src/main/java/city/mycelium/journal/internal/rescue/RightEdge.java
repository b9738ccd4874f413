package city.mycelium.journal.internal.rescue;

import java.io.IOException;

/**
 * The way from the root of a table to its last row, one page per level. SQLite does not notice when
 * a changed byte hides the last rows of a table; a journal would give their offsets out again. Pure
 * but for reading.
 */
public final class RightEdge {

  /** Deeper is no table: even pages of 512 bytes hold two pointers or more. */
  private static final int MOST_LEVELS = 40;

  private RightEdge() {}

  /**
   * The greatest row id of a table; 0 if it has no rows.
   *
   * @param root the table's first page
   * @throws DamageException if a page on the way does not add up
   */
  public static long lastKey(Pages pages, int root) throws IOException, DamageException {
    long before = Long.MIN_VALUE;
    int number = root;
    for (int level = 0; level < MOST_LEVELS; level++) {
      TablePage page = TablePage.whole(pages.page(number), number == 1, pages.usableBytes());
      page.addUp();
      int cells = page.cells().size();
      if (cells > 0 && page.cells().get(0).key() <= before) {
        throw new DamageException("its last rows are not where they should be");
      }
      if (page.isLeaf()) {
        if (cells == 0 && level > 0) {
          throw new DamageException("its last page is empty");
        }
        return cells == 0 ? 0 : page.cells().get(cells - 1).key();
      }
      before = cells == 0 ? before : page.cells().get(cells - 1).key();
      number = page.rightmost();
    }
    throw new DamageException("its pages point in a circle");
  }
}
