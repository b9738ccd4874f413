package city.mycelium.api.connector;

/**
 * What is asked of the far end (RFC 9110, 9.3; RFC 5789; the same words in CoAP: RFC 7252, 5.8, and
 * RFC 8132). A transport that can only publish knows nothing but {@link #POST}.
 */
public enum Verb {
  /** Take this. On MQTT: publish. */
  POST,
  /** Have this in that place. */
  PUT,
  /** Change what is there by this. */
  PATCH,
  /** Tell what is there. */
  GET,
  /** Have nothing there. */
  DELETE
}
