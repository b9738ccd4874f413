package city.mycelium.connector.coap.internal;

import city.mycelium.connector.coap.internal.oscore.Protection;
import city.mycelium.connector.coap.internal.oscore.SecurityContext;
import city.mycelium.connector.coap.internal.oscore.SequenceException;
import city.mycelium.connector.coap.internal.oscore.SequenceNumbers;
import city.mycelium.connector.coap.internal.oscore.Witness;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How messages are protected from end to end (OSCORE, RFC 8613), whoever carries them. Salt, ids
 * and id context are hexadecimal digits.
 *
 * @param keyFile holds the master secret, as the file of {@link Security.SharedKey} holds its key
 * @param senderId the gateway's, 7 bytes at most, may be empty
 * @param recipientId the server's, another one
 * @param idContext empty: none
 * @param folder where the sequence numbers of all keys are remembered
 * @param gateway whose numbers they are
 * @param witness remembers them besides
 */
public record ObjectSecurity(
    Path keyFile,
    String masterSalt,
    String senderId,
    String recipientId,
    String idContext,
    Path folder,
    String gateway,
    Witness witness) {

  public ObjectSecurity {
    digits("oscoreMasterSalt", masterSalt);
    digits("oscoreIdContext", idContext);
    byte[] sender = digits("oscoreSenderId", senderId);
    byte[] recipient = digits("oscoreRecipientId", recipientId);
    if (sender.length > 7 || recipient.length > 7 || senderId.equalsIgnoreCase(recipientId)) {
      throw new IllegalArgumentException(
          "oscoreSenderId and oscoreRecipientId differ, and each has at most 7 bytes (14 digits)");
    }
  }

  private static byte[] digits(String name, String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " is hexadecimal digits, two for each byte, not '" + text + "'", e);
    }
  }

  /**
   * What protects one association; nobody else may hold it then.
   *
   * @throws SetupException if the key or its numbers are not as they should be
   */
  Protection protection() throws SetupException {
    SecurityContext context = context();
    try {
      return new Protection(
          context, SequenceNumbers.open(folder, gateway, context.name(), witness));
    } catch (SequenceException e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  private SecurityContext context() throws SetupException {
    byte[] secret = Keys.shared(keyFile);
    try {
      return new SecurityContext(
          secret,
          digits("oscoreMasterSalt", masterSalt),
          digits("oscoreSenderId", senderId),
          digits("oscoreRecipientId", recipientId),
          named(idContext));
    } catch (IllegalArgumentException e) {
      throw new SetupException(keyFile + ": " + e.getMessage(), e);
    }
  }

  private static byte @Nullable [] named(String idContext) {
    return idContext.isEmpty() ? null : digits("oscoreIdContext", idContext);
  }
}
