import { InputError } from '../errors/input-error.ts';
import { readCsv } from '../formats/csv.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import { decodeUtf8 } from '../formats/utf8.ts';
import type { Dataset } from './types.ts';
import { paddingId, unknownId, type Vocabulary, wordsOf } from './vocabulary.ts';

/** World, Sports, Business, Sci/Tech. */
const classes = 4;

/** A text and its class, 0 to 3. */
export interface LabeledText {
  readonly label: number;
  readonly text: string;
}

/** Texts as word ids, for a model with an embedding. */
export interface TokenDataset {
  readonly name: string;
  /** [count, length]: 0 padding, 1 an unknown word, else a word of the vocabulary. */
  readonly ids: Int32Array;
  readonly labels: Uint8Array;
  readonly length: number;
  /** Ids are below this. */
  readonly vocabularySize: number;
  readonly classes: number;
  readonly count: number;
}

const allowed = 'rows of class, title and description';
/** The objects that stand for a text, beside its characters. */
const bytesPerText = 160;

/**
 * Reads the rows of AG News (Zhang, Zhao & LeCun 2015): class 1 to 4, title, description. The text is the title
 * and the description with a space between.
 *
 * @param bytes the whole CSV file, UTF-8.
 * @param file its name, for messages.
 * @throws InputError where a row has another number of fields, or another class.
 */
export function readAgNews(bytes: Uint8Array, file?: string): LabeledText[] {
  const budget = new MemoryBudget(bytes.length, file);
  const texts: LabeledText[] = [];
  readCsv(decodeUtf8(bytes, file, allowed), { file, allowed, skipBlankLines: true }, (cells, row) => {
    if (cells.length !== 3)
      throw new InputError({ file, field: `row ${row + 1}`, value: `${cells.length} fields`, allowed });
    const [label, title, description] = cells;
    if (!/^[1-4]$/.test(label))
      throw new InputError({ file, field: `row ${row + 1}, class`, value: label, allowed: '1 to 4' });
    budget.take(bytesPerText + 2 * (title.length + description.length), 'texts');
    texts.push({ label: Number(label) - 1, text: `${title} ${description}` });
  });
  return texts;
}

/**
 * The first words of each text as ids; a shorter text is padded with 0.
 *
 * @param length words per text.
 */
export function tokenize(
  texts: readonly LabeledText[],
  { words, idOf }: Vocabulary,
  length = 100,
): TokenDataset {
  const ids = new Int32Array(texts.length * length).fill(paddingId);
  texts.forEach(({ text }, row) => {
    const first = wordsOf(text).slice(0, length);
    first.forEach((word, i) => {
      ids[row * length + i] = idOf.get(word) ?? unknownId;
    });
  });
  return {
    name: 'ag_news',
    ids,
    labels: Uint8Array.from(texts, ({ label }) => label),
    length,
    vocabularySize: words.length + 2,
    classes,
    count: texts.length,
  };
}

/**
 * Word ids as plain numbers, not standardized: what the published study fed to its networks. An id is a name, not a
 * quantity, so a network learns little from it; it is here to repeat that study, not to be recommended.
 */
export function idsAsNumbers({ name, ids, labels, length, classes, count }: TokenDataset): Dataset {
  return { name, inputs: Float32Array.from(ids), labels, exampleShape: [length], classes, count };
}
