import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { InputError } from '../errors/input-error.ts';
import { checkYamlShape } from './yaml-shape.ts';

/** A few aliases of aliases could unfold into gigabytes: beyond this the parser gives up. */
const mostAliases = 100;
/** Values once aliases are unfolded; a list that holds itself has no end of them. */
const mostValues = 200_000;
const deepest = 64;

/**
 * Parses YAML (of which JSON is a part) that a stranger may have written. The parser's time grows with the square of
 * nesting and its memory to a kilobyte for each value, so size, nesting and number of tokens are bounded before it starts;
 * aliases are, while it unfolds them. Keys are plain, and each stands once.
 *
 * @param allowed what the text should be, for messages.
 * @throws InputError naming the file, line and column where that is known.
 * @example
 * parseYaml('seeds: [0, 1]', 'study.yaml'); // { seeds: [0, 1] }
 */
export function parseYaml(text: string, file: string, allowed = 'YAML'): unknown {
  checkYamlShape(text, file);
  const lines = new LineCounter();
  const refuse = (position: number, why: string): never => {
    const { line, col } = lines.linePos(position);
    throw new InputError({ file, field: `line ${line}, column ${col}`, allowed: `${allowed} (${why})` });
  };
  const document = parse(text, lines, refuse);
  const [problem] = document.errors;
  if (problem !== undefined) refuse(problem.pos[0], problem.message.split('\n')[0]);
  checkKeys(document, refuse);
  const content = unfold(document, file, allowed);
  checkTree(content, file, allowed);
  return content;
}

function parse(
  text: string,
  lineCounter: LineCounter,
  refuse: (position: number, why: string) => never,
): Document {
  try {
    // Pretty errors and the parser's own search for repeated keys take time that grows with the square of the file.
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  } catch (error) {
    // It reports what is wrong with a text and throws for what is wrong with itself, such as a stack that overflows.
    return refuse(0, (error as Error).message);
  }
}

/** A key that is itself a list is turned into text by the parser, which prints it to the terminal as it does so. */
function checkKeys(document: Document, refuse: (position: number, why: string) => never): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) return refuse(positionOf(key), 'keys must be plain');
        const name = String(key.value);
        if (seen.has(name)) refuse(positionOf(key), 'keys must be unique');
        seen.add(name);
      }
    },
  });
}

function positionOf(node: unknown): number {
  return (node as { range?: readonly number[] } | null)?.range?.[0] ?? 0;
}

function unfold(document: Document, file: string, allowed: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new InputError({ file, allowed: `${allowed} that can be unfolded (${(error as Error).message})` });
  }
}

/** Visits what an alias stands for wherever it stands. */
function checkTree(content: unknown, file: string, allowed: string): void {
  let values = 0;
  const walk = (value: unknown, depth: number): void => {
    if (depth > deepest || ++values > mostValues) {
      throw new InputError({
        file,
        allowed: `${allowed} that unfolds to at most ${mostValues} values, ${deepest} deep`,
      });
    }
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) walk(inner, depth + 1);
    }
  };
  walk(content, 0);
}
