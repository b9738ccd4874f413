package city.mycelium.journal.internal.rescue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every row that lies in any page of a file, whether a table still leads there or not: what
 * SQLite's own {@code .recover} does. Rows of old pages come as well, and rows that are damaged:
 * whoever takes them has to know them by a checksum of their own.
 */
public final class LeafScan {

  private LeafScan() {}

  /** Hands on the rows, page by page. */
  public static void scan(Pages pages, Consumer<RawRow> to) throws IOException {
    for (int number = 1; number <= pages.count(); number++) {
      TablePage page = leaf(pages, number);
      if (page == null) {
        continue;
      }
      for (TablePage.Cell cell : page.cells()) {
        RawRow row = row(pages, page, cell);
        if (row != null) {
          to.accept(row);
        }
      }
    }
  }

  private static @Nullable TablePage leaf(Pages pages, int number) throws IOException {
    try {
      TablePage page = TablePage.readable(pages.page(number), number == 1, pages.usableBytes());
      return page.isLeaf() ? page : null;
    } catch (DamageException e) {
      return null; // of another kind, or not to be read
    }
  }

  private static @Nullable RawRow row(Pages pages, TablePage page, TablePage.Cell cell)
      throws IOException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    ByteBuffer local = page.local(cell);
    while (local.hasRemaining()) {
      record.write(local.get());
    }
    try {
      int next = page.overflow(cell);
      while (record.size() < cell.payload()) {
        byte[] more = pages.page(next);
        next = ByteBuffer.wrap(more).getInt(0);
        int length = (int) Math.min(pages.usableBytes() - 4, cell.payload() - record.size());
        record.write(more, 4, length);
      }
    } catch (DamageException e) {
      return null; // its pages lead nowhere
    }
    return RawRow.of(cell.key(), record.toByteArray());
  }
}
