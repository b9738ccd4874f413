package city.mycelium.journal.internal;

/**
 * What stays of a block whose Observations were removed from between others: which Datastream each
 * offset belonged to, and why it went. So every consumer that comes past later can be told what it
 * missed, and every ledger balances. Pure; safe for use by many threads.
 *
 * <p>The same frame as any block ({@link BlockCodec}); in it the reason, a varint with the number
 * of offsets, and per offset a signed varint: the Datastream's number less the one before. Deflate
 * makes next to nothing of that.
 *
 * @param why for what reason all of them went
 * @param datastreams the Datastream's number of each offset, in order
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, between the codec and the sums
record GoneBlock(Loss why, int[] datastreams) {

  byte[] encode() {
    if (datastreams.length < 1 || datastreams.length > BlockCodec.MAX_OBSERVATIONS) {
      throw new IllegalArgumentException(
          "a block holds 1 to "
              + BlockCodec.MAX_OBSERVATIONS
              + " offsets, not "
              + datastreams.length);
    }
    ByteSink body = new ByteSink(datastreams.length + 4);
    body.u8(why.number());
    body.varint(datastreams.length);
    int before = 0;
    for (int datastream : datastreams) {
      body.signed((long) datastream - before);
      before = datastream;
    }
    return BlockCodec.pack(body.toByteArray());
  }

  /**
   * The reverse of {@link #encode}.
   *
   * @throws DamagedBlockException if the bytes are not exactly what it made
   */
  static GoneBlock decode(byte[] payload) throws DamagedBlockException {
    ByteSource body = new ByteSource(BlockCodec.unpack(payload));
    Loss why = Loss.of(body.u8());
    int count = body.varint(1, BlockCodec.MAX_OBSERVATIONS, "the number of offsets");
    int[] datastreams = BlockColumns.numbers(body, count);
    if (body.remaining() != 0) {
      throw new DamagedBlockException(body.remaining() + " bytes follow its offsets");
    }
    return new GoneBlock(why, datastreams);
  }
}
