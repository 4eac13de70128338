/** A ustar archive of the given files. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).map(([name, content]) => {
    const padded = new Uint8Array(512 + Math.ceil(content.length / 512) * 512);
    const write = (text: string, at: number) => padded.set(new TextEncoder().encode(text), at);
    write(name, 0);
    write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    write('        0', 148);
    const sum = padded.reduce((total, byte) => total + byte, 0);
    write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    padded.set(content, 512);
    return padded;
  });
  return new Uint8Array(Buffer.concat([...blocks, new Uint8Array(1024)]));
}
