package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-128 under one key, and the integrity code AES-CMAC on top of it (RFC 4493). Its key schedule
 * is kept, so whoever uses a key often keeps one of these. Safe for use by many threads: each has
 * ciphers of its own.
 */
public final class Aes {

  /** Bytes of a block. */
  static final int BLOCK = 16;

  private static final ThreadLocal<Ciphers> CIPHERS = ThreadLocal.withInitial(Ciphers::new);

  /** The constant Rb of RFC 4493, 2.3. */
  private static final int RB = 0x87;

  private final SecretKeySpec key;
  private final byte[] wholeSubkey;
  private final byte[] paddedSubkey;

  /** Under a key. */
  public Aes(AesKey key) {
    this.key = new SecretKeySpec(key.bytes(), "AES");
    byte[] l = encrypt(new byte[BLOCK]);
    wholeSubkey = doubled(l);
    paddedSubkey = doubled(wholeSubkey);
  }

  /** RFC 4493, 2.3: a shift to the left in GF(2^128). */
  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK];
    int carry = 0;
    for (int i = BLOCK - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xff) << 1 | carry;
      result[i] = (byte) shifted;
      carry = shifted >> 8;
    }
    if (carry != 0) {
      result[BLOCK - 1] ^= (byte) RB;
    }
    return result;
  }

  /** AES-CMAC of the parts, one after another: 16 bytes. */
  public byte[] cmac(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    int blocks = Math.max(1, (length + BLOCK - 1) / BLOCK);
    byte[] message = new byte[blocks * BLOCK];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, message, at, part.length);
      at += part.length;
    }
    boolean whole = length == message.length;
    if (!whole) {
      message[length] = (byte) 0x80;
    }
    byte[] subkey = whole ? wholeSubkey : paddedSubkey;
    Cipher cipher = CIPHERS.get().encrypting(this);
    byte[] state = new byte[BLOCK];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < BLOCK; i++) {
        state[i] ^= message[block * BLOCK + i];
        if (block == blocks - 1) {
          state[i] ^= subkey[i];
        }
      }
      state = run(cipher, state);
    }
    return state;
  }

  /** Each block by itself (ECB). */
  byte[] encrypt(byte[] blocks) {
    return run(CIPHERS.get().encrypting(this), blocks);
  }

  /** The other way. */
  byte[] decrypt(byte[] blocks) {
    return run(CIPHERS.get().decrypting(this), blocks);
  }

  private static byte[] run(Cipher cipher, byte[] blocks) {
    try {
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes any whole number of blocks", e);
    }
  }

  /** What one thread works with; set up anew only when the key changes. */
  private static final class Ciphers {

    private final Cipher encrypting = cipher();
    private final Cipher decrypting = cipher();
    private @Nullable Aes encryptingUnder;
    private @Nullable Aes decryptingUnder;

    private static Cipher cipher() {
      try {
        return Cipher.getInstance("AES/ECB/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has AES/ECB/NoPadding", e);
      }
    }

    Cipher encrypting(Aes aes) {
      if (!Objects.equals(encryptingUnder, aes)) {
        setUp(encrypting, Cipher.ENCRYPT_MODE, aes);
        encryptingUnder = aes;
      }
      return encrypting;
    }

    Cipher decrypting(Aes aes) {
      if (!Objects.equals(decryptingUnder, aes)) {
        setUp(decrypting, Cipher.DECRYPT_MODE, aes);
        decryptingUnder = aes;
      }
      return decrypting;
    }

    private static void setUp(Cipher cipher, int mode, Aes aes) {
      try {
        cipher.init(mode, aes.key);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES takes any key of 16 bytes", e);
      }
    }
  }
}
