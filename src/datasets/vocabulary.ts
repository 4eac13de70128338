import { MemoryBudget } from '../formats/memory-budget.ts';

/** Ids that stand for no word. */
export const paddingId = 0;
export const unknownId = 1;
const firstWordId = 2;
/** The objects that stand for a word and its count. In real texts words recur; in hostile ones every word is new. */
const bytesPerWord = 128;

/** The words that have ids of their own; id 0 is padding, id 1 any other word. */
export interface Vocabulary {
  /** By frequency; the word at position i has id i + 2. */
  readonly words: readonly string[];
  readonly idOf: ReadonlyMap<string, number>;
}

/**
 * The words of a text as the published study cuts them: lower case, every character but a-z, 0-9 and the space
 * removed (not replaced: "it's" is one word, "its").
 *
 * @example
 * wordsOf("It's 3 o'clock"); // ['its', '3', 'oclock']
 */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().replace(/[^a-z0-9 ]/g, '');
  return plain.split(' ').filter((word) => word !== '');
}

/**
 * The commonest words of some texts; of words that are equally common, the one that occurs first comes first, as
 * in Python's `Counter.most_common`.
 *
 * @param size most words that get an id.
 * @throws InputError where the texts have more different words than texts of their length have.
 */
export function buildVocabulary(texts: readonly string[], size = 5000): Vocabulary {
  const budget = new MemoryBudget(texts.reduce((sum, text) => sum + text.length, 0));
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const count = counts.get(word) ?? 0;
      if (count === 0) budget.take(bytesPerWord + 2 * word.length, 'vocabulary');
      counts.set(word, count + 1);
    }
  }
  const words = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, size)
    .map(([word]) => word);
  return { words, idOf: new Map(words.map((word, i) => [word, i + firstWordId])) };
}
