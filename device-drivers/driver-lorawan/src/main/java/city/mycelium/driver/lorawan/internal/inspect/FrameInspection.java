package city.mycelium.driver.lorawan.internal.inspect;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.CfList;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import city.mycelium.driver.lorawan.internal.phy.JoinAccept;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.phy.SealedJoinAccept;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.List;

/**
 * Every field of a frame as JSON: numbers as numbers, addresses and bytes as hexadecimal digits,
 * with the highest byte first where the specification prints a number. Keys are never in it. Pure.
 */
public final class FrameInspection {

  private static final HexFormat HEX = HexFormat.of();
  private static final String NOT_CHECKED = "not checked";
  private static final String MIC_VALID = "micValid";
  private static final AesKey UNKNOWN = AesKey.of(new byte[16]);

  private static final List<String> KINDS =
      List.of(
          "join-request",
          "join-accept",
          "unconfirmed data up",
          "unconfirmed data down",
          "confirmed data up",
          "confirmed data down");

  private FrameInspection() {}

  /**
   * Looks at a frame.
   *
   * @throws FrameException if it is none that LoRaWAN 1.0.x has; the message says why
   */
  public static JsonObject of(byte[] phyPayload, InspectionKeys keys) throws FrameException {
    PhyPayload frame = PhyPayload.parse(phyPayload);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("phy", HEX.formatHex(phyPayload))
            .add("length", phyPayload.length)
            .add("mtype", frame.mType())
            .add("kind", KINDS.get(frame.mType()));
    if (frame instanceof JoinRequest request) {
      joinRequest(request, keys, json);
    } else if (frame instanceof SealedJoinAccept sealed) {
      joinAccept(sealed, keys, json);
    } else {
      data((DataFrame) frame, keys, json);
    }
    return json.build();
  }

  private static void joinRequest(
      JoinRequest request, InspectionKeys keys, JsonObjectBuilder json) {
    json.add("joinEui", request.joinEui().toString())
        .add("devEui", request.devEui().toString())
        .add("devNonce", request.devNonce())
        .add("mic", mic(request.bytes()));
    keys.appKey()
        .ifPresentOrElse(
            key -> json.add(MIC_VALID, request.isFrom(new Aes(key))),
            () -> json.add(MIC_VALID, NOT_CHECKED));
  }

  private static void joinAccept(
      SealedJoinAccept sealed, InspectionKeys keys, JsonObjectBuilder json) {
    if (keys.appKey().isEmpty()) {
      json.add(MIC_VALID, NOT_CHECKED)
          .add("note", "all of it is encrypted with the device's AppKey: give it to see more");
      return;
    }
    SealedJoinAccept.Opened opened = sealed.open(new Aes(keys.appKey().get()));
    JoinAccept accept = opened.accept();
    json.add("appNonce", HEX.toHexDigits(accept.appNonce(), 6))
        .add("netId", HEX.toHexDigits(accept.netId(), 6))
        .add("devAddr", HEX.toHexDigits(accept.devAddr()))
        .add("dlSettings", opened.plain()[11] & 0xff)
        .add("rx1DrOffset", accept.rx1DrOffset())
        .add("rx2DataRate", accept.rx2DataRate())
        .add("rxDelay", accept.rxDelaySeconds())
        .add("cfList", accept.cfList().map(list -> HEX.formatHex(list.bytes())).orElse(""));
    accept.cfList().ifPresent(list -> channels(list, json));
    json.add("mic", mic(opened.plain()))
        .add(MIC_VALID, opened.isGenuine())
        .add("phyPlain", HEX.formatHex(opened.plain()));
    if (!opened.isGenuine()) {
      json.add("note", "the AppKey does not fit, so nothing above is what was meant");
    }
  }

  private static void channels(CfList list, JsonObjectBuilder json) {
    if (list.type() == 0) {
      json.add(
          "cfListMegahertz",
          String.join(" ", list.frequenciesHz().stream().map(MacWords::megahertz).toList()));
    } else if (list.type() == 1) {
      json.add(
          "cfListMasks",
          String.join(
              " ", list.channelMasks().stream().map(mask -> HEX.toHexDigits(mask, 4)).toList()));
    }
  }

  private static void data(DataFrame frame, InspectionKeys keys, JsonObjectBuilder json) {
    DataHeader header = frame.header();
    long fCnt = ((long) keys.fCntMsb() << 16) | header.fCnt();
    SessionKeys session =
        new SessionKeys(keys.nwkSKey().orElse(UNKNOWN), keys.appSKey().orElse(UNKNOWN));
    boolean up = header.direction() == Direction.UP;
    json.add("direction", up ? "up" : "down")
        .add("confirmed", header.confirmed())
        .add("devAddr", HEX.toHexDigits(header.devAddr()))
        .add("adr", header.fCtrl().adr());
    if (up) {
      json.add("adrAckReq", header.fCtrl().adrAckReq());
    }
    json.add("ack", header.fCtrl().ack())
        .add(up ? "classB" : "fPending", header.fCtrl().pending())
        .add("fCnt", header.fCnt())
        .add("fCnt32", fCnt)
        .add("fOpts", HEX.formatHex(header.fOpts()));
    if (header.hasPort()) {
      json.add("fPort", header.fPort());
    }
    json.add("frmEncrypted", HEX.formatHex(frame.encrypted()));
    boolean canOpen = header.fPort() == 0 ? keys.nwkSKey().isPresent() : keys.appSKey().isPresent();
    byte[] plain = frame.plain(session, fCnt);
    if (header.hasPort() && canOpen) {
      json.add("frmPlain", HEX.formatHex(plain));
    }
    json.add("mic", mic(frame.bytes()));
    verdict(frame, session, fCnt, keys, json);
    byte[] commands = header.fPort() == 0 && canOpen ? plain : header.fOpts();
    commands(MacCommand.parse(commands, header.direction()), json);
  }

  private static void verdict(
      DataFrame frame,
      SessionKeys session,
      long fCnt,
      InspectionKeys keys,
      JsonObjectBuilder json) {
    if (keys.nwkSKey().isEmpty()) {
      json.add(MIC_VALID, NOT_CHECKED);
      return;
    }
    boolean valid = frame.isFrom(session, fCnt);
    json.add(MIC_VALID, valid);
    if (!valid) {
      json.add(
          "note",
          "the NwkSKey is another, the frame has been changed, or its counter is above 65535: then"
              + " say its upper half");
    }
  }

  private static void commands(MacCommand.Run run, JsonObjectBuilder json) {
    if (!run.commands().isEmpty()) {
      JsonArrayBuilder all = Json.createArrayBuilder();
      for (MacCommand command : run.commands()) {
        all.add(
            Json.createObjectBuilder()
                .add("cid", HEX.toHexDigits(command.cid().number(), 2))
                .add("name", command.cid().nameGoing(command.direction()))
                .add("bytes", HEX.formatHex(command.payload()))
                .add("means", MacWords.of(command)));
      }
      json.add("macCommands", all);
    }
    if (run.notRead().length > 0) {
      json.add("macNotRead", HEX.formatHex(run.notRead()));
    }
  }

  private static String mic(byte[] frame) {
    return HEX.formatHex(frame, frame.length - 4, frame.length);
  }
}
