package city.mycelium.journal.internal.rescue;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first 100 bytes of a file (SQLite, "Database File Format", 1.3), as far as SQLite would act
 * on a wrong value in silence: use pages again that hold data, or take bytes for other characters.
 */
public final class FileHeader {

  private static final int WRITE_VERSION_AT = 18;
  private static final int READ_VERSION_AT = 19;
  private static final int RESERVED_AT = 20;
  private static final int PAGES_AT = 28;
  private static final int FIRST_FREE_AT = 32;
  private static final int FREE_PAGES_AT = 36;
  private static final int SCHEMA_COOKIE_AT = 40;
  private static final int LARGEST_ROOT_AT = 52;
  private static final int ENCODING_AT = 56;
  private static final int UTF_8 = 1;
  private static final int INCREMENTAL_VACUUM_AT = 64;

  private FileHeader() {}

  /**
   * Holds it against what a file of ours has.
   *
   * @throws DamageException if it differs
   */
  public static void check(Pages pages) throws IOException, DamageException {
    ByteBuffer header = ByteBuffer.wrap(pages.page(1));
    if (isUntouched(header, pages)) {
      return;
    }
    boolean known =
        isVersion(header.get(WRITE_VERSION_AT))
            && isVersion(header.get(READ_VERSION_AT))
            && header.get(RESERVED_AT) == 0
            && header.getInt(LARGEST_ROOT_AT) == 0
            && header.getInt(ENCODING_AT) == UTF_8
            && header.getInt(INCREMENTAL_VACUUM_AT) == 0;
    if (!known) {
      throw new DamageException("its header says what none of ours says");
    }
    if (header.getInt(PAGES_AT) != pages.count()) {
      throw new DamageException(
          "it should have " + header.getInt(PAGES_AT) + " pages and has " + pages.count());
    }
    int free = header.getInt(FIRST_FREE_AT);
    int freePages = header.getInt(FREE_PAGES_AT);
    if ((free == 0) != (freePages == 0) || freePages < 0 || freePages >= pages.count()) {
      throw new DamageException("it has " + freePages + " free pages, the first of them " + free);
    }
    if (free != 0) {
      checkFree(ByteBuffer.wrap(pages.page(free)), pages);
    }
  }

  /**
   * Whether nothing was ever made in it, as where the disk was full from the first write on: one
   * page, never a table, and so no encoding yet.
   */
  private static boolean isUntouched(ByteBuffer header, Pages pages) {
    return pages.count() == 1
        && header.getInt(SCHEMA_COOKIE_AT) == 0
        && header.getInt(ENCODING_AT) == 0;
  }

  /** 1: a rollback journal, as in a backup; 2: a write-ahead log. */
  private static boolean isVersion(byte version) {
    return version == 1 || version == 2;
  }

  /** The first page of the list of free ones (1.5): a page with data in it does not look so. */
  private static void checkFree(ByteBuffer trunk, Pages pages) throws DamageException {
    int next = trunk.getInt(0);
    int count = trunk.getInt(4);
    boolean sound =
        next >= 0 && next <= pages.count() && count >= 0 && count <= pages.usableBytes() / 4 - 2;
    for (int i = 0; sound && i < count; i++) {
      int page = trunk.getInt(8 + 4 * i);
      sound = page > 1 && page <= pages.count();
    }
    if (!sound) {
      throw new DamageException("what it calls free is none of its free pages");
    }
  }
}
