package city.mycelium.driver.lorawan.internal.codec;

/** What a {@link CircuitBreaker} stands before. Safe for use by many threads. */
interface RunnableCodec {

  /** Decodes one payload; whatever the script does, this returns. */
  Answer run(CodecInput input);
}
