package city.mycelium.protobuf;

/** Bytes that are no message of the expected kind; says why, for a person. */
public final class ProtobufException extends Exception {

  private static final long serialVersionUID = 1;

  public ProtobufException(String why) {
    super(why);
  }

  public ProtobufException(String why, Throwable cause) {
    super(why, cause);
  }
}
