package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts keys under one master key, which is made once and lies beside them in a file of its own
 * (AES-256-GCM, NIST SP 800-38D). A sealed key opens only for the device and the purpose that it
 * was sealed for. What this protects against and what not: docs/decisions/0115. For one thread at a
 * time.
 */
final class KeyChest {

  /** The first word of a sealed key; the number is that of its form. */
  static final String SEALED = "sealed:1:";

  static final String FILE = "lorawan-master.key";

  private static final int MASTER_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private byte @Nullable [] master;

  /** The chest of a data directory. */
  KeyChest(Path dataDirectory) {
    file = dataDirectory.resolve(FILE);
  }

  /** Whether there is a master key. */
  boolean exists() {
    return Files.exists(file);
  }

  /**
   * A key as it may lie on a disk.
   *
   * @param purpose which of the device's keys it is
   * @throws IOException if the master key cannot be made or read
   */
  String seal(Eui device, String purpose, AesKey key) throws IOException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain = key.bytes();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, device, purpose, true).doFinal(plain);
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return SEALED + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The key that was sealed.
   *
   * @throws IOException if it does not open; the message says why and what to do
   */
  AesKey open(Eui device, String purpose, String sealed) throws IOException {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed.substring(SEALED.length()));
    } catch (IllegalArgumentException e) {
      throw torn();
    }
    if (all.length <= NONCE_BYTES) {
      throw torn();
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, device, purpose, false)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return AesKey.of(plain);
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw new IOException(
          "this key was not encrypted here for this device and this purpose: it was moved from"
              + " another device or gateway, or "
              + file
              + " is another one than before. Write the plain key again, or put the right "
              + FILE
              + " back from a backup",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  private static IOException torn() {
    return new IOException("this encrypted key is not whole: write the plain key again");
  }

  private Cipher cipher(int mode, byte[] nonce, Eui device, String purpose, boolean make)
      throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(master(make), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        ("mycelium lorawan " + purpose + " " + device).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private byte[] master(boolean make) throws IOException {
    byte[] known = master;
    if (known == null) {
      known = make && !exists() ? make() : read();
      master = known;
    }
    return known;
  }

  private byte[] make() throws IOException {
    byte[] made = new byte[MASTER_BYTES];
    random.nextBytes(made);
    PrivateFile.replace(
        file,
        (Base64.getEncoder().encodeToString(made) + "\n").getBytes(StandardCharsets.US_ASCII));
    return made;
  }

  private byte[] read() throws IOException {
    try {
      byte[] read =
          Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (read.length == MASTER_BYTES) {
        return read;
      }
      throw new IOException(file + " holds no master key: put it back from a backup");
    } catch (NoSuchFileException e) {
      throw new IOException(
          "the master key "
              + file
              + " is not there, without which no encrypted key can be read: put it back from a"
              + " backup, or write all keys again in plain",
          e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no master key: put it back from a backup");
    }
  }
}
