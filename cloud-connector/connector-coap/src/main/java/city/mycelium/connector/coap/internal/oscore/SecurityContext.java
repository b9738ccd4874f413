package city.mycelium.connector.coap.internal.oscore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.californium.scandium.dtls.cipher.CCMBlockCipher;
import org.jspecify.annotations.Nullable;

/**
 * What two ends share (RFC 8613, 3), as one of them sees it: AES-CCM-16-64-128 with keys by
 * HKDF-SHA-256, which everybody has to have. Knows no numbers and no messages. Immutable, safe for
 * use by many threads.
 */
public final class SecurityContext {

  /** RFC 9053, 4.2: AES-CCM-16-64-128 has this number, keys, nonces and tags of these lengths. */
  private static final int ALGORITHM = 10;

  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 13;
  static final int TAG_BYTES = 8;

  /** RFC 8613, 3.3: the nonce leaves so much to an id; 5.2: and so much to a number. */
  static final int LONGEST_ID = NONCE_BYTES - 6;

  private static final int NUMBER_BYTES = 5;

  /** RFC 8613, 7.2.1: it has to fit into five bytes. */
  static final long LARGEST_NUMBER = (1L << (8 * NUMBER_BYTES)) - 1;

  /** RFC 8613, 5.4. */
  private static final int VERSION = 1;

  private static final byte[] NOTHING = {};

  private final byte[] senderId;
  private final byte[] recipientId;
  private final byte @Nullable [] idContext;
  private final SecretKey senderKey;
  private final SecretKey recipientKey;
  private final byte[] commonIv;

  /**
   * Derives it (RFC 8613, 3.2.1).
   *
   * @param masterSecret 16 bytes or more; not kept
   * @param masterSalt may be empty
   * @param senderId the client's, up to 7 bytes, may be empty
   * @param recipientId the server's, another one
   * @param idContext null: none
   * @throws IllegalArgumentException if that cannot be; says why, and nothing of the secret
   */
  public SecurityContext(
      byte[] masterSecret,
      byte[] masterSalt,
      byte[] senderId,
      byte[] recipientId,
      byte @Nullable [] idContext) {
    if (masterSecret.length < KEY_BYTES) {
      throw new IllegalArgumentException(
          "an OSCORE master secret has 16 bytes or more, not " + masterSecret.length);
    }
    if (senderId.length > LONGEST_ID || recipientId.length > LONGEST_ID) {
      throw new IllegalArgumentException("an OSCORE id has at most 7 bytes");
    }
    if (Arrays.equals(senderId, recipientId)) {
      throw new IllegalArgumentException(
          "the OSCORE ids of gateway and server have to differ: with the same they use one key");
    }
    if (idContext != null && idContext.length > OscoreOption.LONGEST_CONTEXT) {
      throw new IllegalArgumentException("an OSCORE id context has at most 255 bytes");
    }
    this.senderId = senderId.clone();
    this.recipientId = recipientId.clone();
    this.idContext = idContext == null ? null : idContext.clone();
    byte[] extracted = hmac(masterSalt.length == 0 ? new byte[32] : masterSalt, masterSecret);
    senderKey = key(derived(extracted, senderId, idContext, "Key", KEY_BYTES));
    recipientKey = key(derived(extracted, recipientId, idContext, "Key", KEY_BYTES));
    commonIv = derived(extracted, NOTHING, idContext, "IV", NONCE_BYTES);
  }

  byte[] senderId() {
    return senderId.clone();
  }

  byte @Nullable [] idContext() {
    return idContext == null ? null : idContext.clone();
  }

  byte[] recipientId() {
    return recipientId.clone();
  }

  /**
   * Sixteen hexadecimal digits that name the sender's key and do not tell it. Whoever has the same
   * ones may not use a sequence number that the other has used.
   */
  public String name() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("mycelium oscore sender".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(senderKey.getEncoded()), 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JRE has it
    }
  }

  /**
   * Encrypts what the gateway says.
   *
   * @param number in the fewest bytes, one at least (RFC 8613, 5)
   */
  byte[] encrypt(byte[] number, byte[] plain) {
    try {
      return CCMBlockCipher.encrypt(
          senderKey, nonce(senderId, number), associated(senderId, number), plain, TAG_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JRE has AES
    }
  }

  /**
   * Decrypts what the server says.
   *
   * @param asked the number of the request that it answers
   * @param number its own, or null: then the request's nonce is used once more, the other way
   * @return null if it was not made with the key, or not for this request
   */
  byte @Nullable [] decrypt(byte[] asked, byte @Nullable [] number, byte[] cipherText) {
    if (cipherText.length < TAG_BYTES) {
      return null;
    }
    byte[] nonce = number == null ? nonce(senderId, asked) : nonce(recipientId, number);
    try {
      return CCMBlockCipher.decrypt(
          recipientKey, nonce, associated(senderId, asked), cipherText, TAG_BYTES);
    } catch (GeneralSecurityException e) { // Scandium's word for a wrong tag
      return null;
    }
  }

  /** RFC 8613, 5.2. */
  byte[] nonce(byte[] id, byte[] number) {
    byte[] nonce = new byte[NONCE_BYTES];
    nonce[0] = (byte) id.length;
    System.arraycopy(id, 0, nonce, 1 + LONGEST_ID - id.length, id.length);
    System.arraycopy(number, 0, nonce, NONCE_BYTES - number.length, number.length);
    for (int i = 0; i < NONCE_BYTES; i++) {
      nonce[i] ^= commonIv[i];
    }
    return nonce;
  }

  /** RFC 8613, 5.4, in RFC 9052's Enc_structure (5.3). No option is of class I. */
  private static byte[] associated(byte[] kid, byte[] number) {
    byte[] external =
        new Cbor()
            .array(5)
            .number(VERSION)
            .array(1)
            .number(ALGORITHM)
            .bytes(kid)
            .bytes(number)
            .bytes(NOTHING)
            .toBytes();
    return new Cbor().array(3).text("Encrypt0").bytes(NOTHING).bytes(external).toBytes();
  }

  /** RFC 8613, 3.2.1, and RFC 5869, 2.3; one block of the hash is enough. */
  private static byte[] derived(
      byte[] extracted, byte[] id, byte @Nullable [] idContext, String type, int length) {
    Cbor info = new Cbor().array(5).bytes(id);
    if (idContext == null) {
      info.nil();
    } else {
      info.bytes(idContext);
    }
    byte[] said = info.number(ALGORITHM).text(type).number(length).toBytes();
    byte[] block = Arrays.copyOf(said, said.length + 1);
    block[said.length] = 1;
    return Arrays.copyOf(hmac(extracted, block), length);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JRE has it
    }
  }

  private static SecretKey key(byte[] bytes) {
    return new SecretKeySpec(bytes, "AES");
  }

  /** The little of CBOR (RFC 8949) that keys and associated data are made of. */
  private static final class Cbor {

    private static final int UNSIGNED = 0x00;
    private static final int BYTES = 0x40;
    private static final int TEXT = 0x60;
    private static final int ARRAY = 0x80;
    private static final int NIL = 0xF6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Cbor array(int items) {
      return head(ARRAY, items);
    }

    Cbor number(int value) {
      return head(UNSIGNED, value);
    }

    Cbor bytes(byte[] value) {
      head(BYTES, value.length);
      out.writeBytes(value);
      return this;
    }

    Cbor text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      head(TEXT, bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Cbor nil() {
      out.write(NIL);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    /** RFC 8949, 3: nothing here is larger than 65,535. */
    private Cbor head(int major, int value) {
      if (value < 24) {
        out.write(major | value);
      } else if (value < 256) {
        out.write(major | 24);
        out.write(value);
      } else {
        out.write(major | 25);
        out.write(value >> 8);
        out.write(value);
      }
      return this;
    }
  }
}
