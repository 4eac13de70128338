/**
 * Parses JSON in which numbers may be the bare tokens `NaN`, `Infinity` and `-Infinity`, as Python's json module
 * writes them. NaN becomes null, the infinities stay; texts are not touched.
 *
 * @throws SyntaxError if it is not JSON otherwise.
 * @example
 * parseLenientJson('{"loss": NaN, "note": "NaN"}'); // { loss: null, note: 'NaN' }
 */
export function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The first alternative takes whole strings, closed or not, so that the others only see what lies between.
    const plain = text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|\bNaN\b|\bInfinity\b/g, (token) =>
      token === 'NaN' ? 'null' : token === 'Infinity' ? '1e999' : token,
    );
    if (plain === text) throw error;
    return JSON.parse(plain);
  }
}
