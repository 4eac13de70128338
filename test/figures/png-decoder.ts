/** Reads a palette PNG back, by the chunk layout of the PNG specification: just enough to look at pixels. */
export function decodePng(bytes: Uint8Array, inflate: (data: Uint8Array) => Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.set(type, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const rows = inflate(chunks.get('IDAT')!);
  const palette = chunks.get('PLTE')!;
  const alpha = chunks.get('tRNS')!;
  return {
    width,
    height,
    pixel(x: number, y: number): number[] {
      const index = rows[y * (width + 1) + 1 + x];
      return [...palette.subarray(3 * index, 3 * index + 3), alpha[index]];
    },
  };
}

/** The first PNG that an SVG document embeds. */
export function imageOf(svg: string): Uint8Array {
  const found = /href="data:image\/png;base64,([^"]+)"/.exec(svg);
  if (found === null) throw new Error('the document embeds no PNG');
  return Uint8Array.from(Buffer.from(found[1], 'base64'));
}
