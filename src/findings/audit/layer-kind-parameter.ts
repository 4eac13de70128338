import { z } from 'zod';

const word = (what: string) =>
  z
    .string({ error: `${what}, as the log names it` })
    .min(1, `${what}, as the log names it`)
    .max(100, 'at most 100 characters');

/** A layer's kind is any text: recorded and imported runs have kinds of their own. */
export const layerKindParameter = word('a kind of layers');

/** So is a network's family. */
export const familyParameter = word('a family of networks');
