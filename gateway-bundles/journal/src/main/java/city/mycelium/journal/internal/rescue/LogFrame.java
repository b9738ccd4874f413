package city.mycelium.journal.internal.rescue;

/**
 * One page in the write-ahead log (SQLite, "Database File Format", 4.1).
 *
 * @param page which page of the file it is; from 1
 * @param pagesAfter how many pages the file has after the commit that this frame ends; 0 if it ends
 *     none
 * @param at where its bytes begin in the log
 * @param ours whether it bears the salts of the log's header, so that it was written since the log
 *     was begun anew
 * @param chained whether its checksum goes on from that of the frame before
 */
record LogFrame(int page, int pagesAfter, long at, boolean ours, boolean chained) {

  boolean isWhole() {
    return ours && chained;
  }

  boolean endsCommit() {
    return pagesAfter != 0;
  }
}
