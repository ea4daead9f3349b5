// Puts pieces of bytes together.

/**
 * @param {Uint8Array[]} pieces
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Reads a stream to its end. (Not by `for await`, which not every browser has for streams.)
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(piece: Uint8Array) => void} [onPiece]
 */
export async function readAll(stream, onPiece) {
  const reader = stream.getReader();
  const pieces = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces);
    pieces.push(value);
    onPiece?.(value);
  }
}
