/** A name from a file, safe for a terminal: control characters become spaces, long ones are cut. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}
