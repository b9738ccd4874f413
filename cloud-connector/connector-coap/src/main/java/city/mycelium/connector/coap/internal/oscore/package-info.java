/**
 * OSCORE (RFC 8613), the client's side: what protects a request and opens its response, whatever
 * carries them, and the sender's sequence numbers, of which none may be used twice. The cipher is
 * Scandium's; sockets, sessions and configuration live elsewhere.
 */
@NullMarked
package city.mycelium.connector.coap.internal.oscore;

import org.jspecify.annotations.NullMarked;
