package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.util.List;

/**
 * What a registered device said: checked, in order, and in plain.
 *
 * @param device who said it
 * @param sourceKey the same for every copy of this frame, and for no other: what makes a
 *     retransmission recognisable, also after a restart
 * @param fCnt frame counter, all 32 bits of it
 * @param fPort application port, 1 to 223; 0 if the frame carried none
 * @param bytes the application's payload, decrypted; empty if there is none; not copied
 * @param receptions how it was heard, the best SNR first; never empty
 * @param framesLost how many frames before this one never arrived, since the last that did
 * @param battery what the device says of its battery in a DevStatusAns of this frame (LoRaWAN
 *     1.0.3, 5.5), percent; NaN if it says nothing
 * @param marginDb signal to noise of our last DevStatusReq at the device (5.5), dB; NaN if it says
 *     nothing
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the network to the codec
public record Payload(
    RegisteredDevice device,
    String sourceKey,
    long fCnt,
    int fPort,
    byte[] bytes,
    List<Reception> receptions,
    long framesLost,
    double battery,
    double marginDb) {

  public Payload {
    receptions = List.copyOf(receptions);
  }
}
