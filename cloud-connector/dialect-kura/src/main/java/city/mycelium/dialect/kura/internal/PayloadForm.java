package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.UnreadableMessageException;

/** One of the two forms in which Kura's payloads travel. Safe for use by many threads. */
interface PayloadForm {

  String mediaType();

  byte[] write(KuraPayload payload);

  /**
   * The reverse of {@link #write}.
   *
   * @throws UnreadableMessageException if these bytes are no payload
   */
  KuraPayload read(byte[] bytes) throws UnreadableMessageException;
}
