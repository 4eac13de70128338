import { inflateRawSync } from 'node:zlib';
import type { EmbeddedRun } from '../../src/report/embedded-run.ts';

export interface UnpackedRun extends EmbeddedRun {
  readonly numbers: Float32Array;
}

/** The runs that a page holds compressed, read by the rules of `packed.ts` and not by the page's own code. */
export function unpackedRuns(page: string): UnpackedRun[] {
  return [...page.matchAll(/<script type="text\/plain" id="run-data-\d+">([^<]*)</g)].map(([, packed]) => {
    const bytes = inflateRawSync(Buffer.from(packed, 'base64'));
    const [length, count] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
    const planes = bytes.subarray(8 + length);
    let turned = 0n;
    const numbers = Float32Array.from({ length: count }, (_, i) => {
      const unsigned = Buffer.from([0, 1, 2, 3].map((plane) => planes[plane * count + i])).readUInt32LE();
      const further = unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
      turned = BigInt.asUintN(32, turned + BigInt(further));
      const bits = Buffer.alloc(4);
      bits.writeUInt32LE(Number(BigInt.asUintN(32, (turned << 7n) | (turned >> 25n))));
      return bits.readFloatLE();
    });
    return { ...JSON.parse(bytes.toString('utf8', 8, 8 + length)), numbers };
  });
}
