const HANDSHAKE_RECORD = 22;
const CERTIFICATE_MESSAGE = 11;

/**
 * The certificates that a TLS 1.2 server sends, DER, in the order sent. They go over the wire in the clear.
 *
 * @param received the bytes from the server, from the first on
 * @returns `undefined` where the bytes hold no whole Certificate message
 * @see https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2
 */
export function certificatesIn(received: Buffer): Buffer[] | undefined {
  const messages = handshakeOf(received);
  for (let at = 0; at + 4 <= messages.length;) {
    const end = at + 4 + messages.readUIntBE(at + 1, 3);
    if (end > messages.length) return undefined;
    if (messages[at] === CERTIFICATE_MESSAGE) return listIn(messages.subarray(at + 4 + 3, end));
    at = end;
  }
  return undefined;
}

/** The handshake messages, which may be cut into records at any place. */
function handshakeOf(received: Buffer): Buffer {
  const fragments: Buffer[] = [];
  for (let at = 0; at + 5 <= received.length;) {
    const end = at + 5 + received.readUInt16BE(at + 3);
    if (received[at] !== HANDSHAKE_RECORD || end > received.length) break;
    fragments.push(received.subarray(at + 5, end));
    at = end;
  }
  return Buffer.concat(fragments);
}

function listIn(list: Buffer): Buffer[] | undefined {
  const certificates: Buffer[] = [];
  for (let at = 0; at < list.length;) {
    if (at + 3 > list.length) return undefined;
    const end = at + 3 + list.readUIntBE(at, 3);
    if (end > list.length) return undefined;
    certificates.push(list.subarray(at + 3, end));
    at = end;
  }
  return certificates;
}
