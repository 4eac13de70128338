import ts from 'typescript';
import type { ExampleBlock } from './example-blocks.ts';

/** A value in an example with what its comment says it is. */
export interface StatedValue {
  readonly expression: string;
  /** The comment as JavaScript; the digits that it shows are those that must agree. */
  readonly stated: unknown;
  readonly actual: unknown;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs an example as a reader would who has at hand what it speaks of.
 *
 * @param names every name that an example may use, with its value or a promise of it.
 * @returns the values that the example states.
 */
export async function runExample(
  { file, code }: ExampleBlock,
  names: (name: string) => unknown,
): Promise<StatedValue[]> {
  const body = withChecks(code);
  const { used, inner } = namesIn(body);
  const values = await Promise.all(used.map((name) => names(name)));
  const missing = used.find(
    (name, i) => values[i] === undefined && !inner.has(name) && !(name in globalThis) && name !== 'undefined',
  );
  if (missing !== undefined) throw new Error(`${file}: no ${missing} is at hand for its example`);
  const given = used.filter((_, i) => values[i] !== undefined);
  const stated: StatedValue[] = [];
  const check = (expression: string, comment: string, actual: unknown): void => {
    const value = literal(comment);
    if (value !== undefined) stated.push({ expression, stated: value.value, actual });
  };
  const throws = async (run: () => Promise<void>, error: string): Promise<void> => {
    const thrown = await run().then(
      () => 'nothing',
      ({ name }: Error) => name,
    );
    stated.push({ expression: 'what is thrown', stated: error, actual: thrown });
  };
  const script = ts.transpileModule(body, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
  await new AsyncFunction('__check', '__throws', ...given, script.replace(/^export \{\};?$/m, ''))(
    check,
    throws,
    ...given.map((name) => values[used.indexOf(name)]),
  );
  return stated;
}

/** Imports from the package become names at hand; an expression with a comment behind it becomes a check. */
function withChecks(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  let result = '';
  for (const statement of source.statements) {
    const text = statement.getText(source);
    if (ts.isImportDeclaration(statement)) continue;
    const comment = /^[ \t]*\/\/ ?(.*)/.exec(code.slice(statement.end))?.[1];
    const own = /^\n\/\/ ?(.*)/.exec(code.slice(statement.end))?.[1];
    if (/^\w*Error$/.test(comment ?? '')) {
      result += `await __throws(async () => { ${text} }, ${JSON.stringify(comment)});\n`;
    } else if (
      ts.isExpressionStatement(statement) &&
      (comment ?? own) !== undefined &&
      !/^await /.test(text)
    ) {
      const expression = statement.expression.getText(source);
      result += `__check(${JSON.stringify(expression)}, ${JSON.stringify(comment ?? own)}, await (${expression}));\n`;
    } else {
      result += `${text}\n`;
    }
  }
  return result;
}

/** Names that a script uses and does not declare at its top; `inner` are those that it declares further in. */
function namesIn(code: string): { readonly used: string[]; readonly inner: ReadonlySet<string> } {
  const source = ts.createSourceFile('example.ts', `async () => {\n${code}\n}`, ts.ScriptTarget.ES2022, true);
  const [used, outer, inner] = [
    new Set<string>(),
    new Set<string>(['__check', '__throws']),
    new Set<string>(),
  ];
  const visit = (node: ts.Node, depth: number): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isProperty =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node) ||
        ts.isTypeReferenceNode(parent);
      const isMade =
        (ts.isBindingElement(parent) && parent.name === node) ||
        (ts.isVariableDeclaration(parent) && parent.name === node) ||
        (ts.isParameter(parent) && parent.name === node);
      if (isMade) (depth === 1 ? outer : inner).add(node.text);
      else if (!isProperty) used.add(node.text);
    }
    const opens = ts.isBlock(node) || ts.isForOfStatement(node) || ts.isArrowFunction(node);
    ts.forEachChild(node, (child) => visit(child, depth + Number(opens)));
  };
  visit(source, -1);
  return { used: [...used].filter((name) => !outer.has(name)), inner };
}

/** A comment's value, if it is one: `// 1.25`, `// [0, 0.037]: why`, `// 'a'`. */
function literal(comment: string): { readonly value: unknown } | undefined {
  const text = comment.replaceAll('−', '-').replace(/…(?!')/g, '');
  const list = /^\s*-?[\d./√]+(, -?[\d./√]+)+\s*$/.test(text) ? [`[${text}]`] : [];
  const parts = [...list, text, ...[':', ';', ',', ' ('].map((mark) => text.slice(0, text.indexOf(mark)))];
  for (const part of parts) {
    if (!/^\s*[-\d[{'"tfn]/.test(part)) continue;
    try {
      const value: unknown = new Function(`'use strict'; return (${part});`)();
      if (typeof value !== 'function') return { value };
    } catch {
      // Words, then: there is nothing to compare with.
    }
  }
  return undefined;
}

/** Whether a stated value is what came out, to the digits that it shows. */
export function agrees(stated: unknown, actual: unknown): boolean {
  if (typeof stated === 'string' && stated.endsWith('…')) {
    return typeof actual === 'string' && actual.startsWith(stated.slice(0, -1));
  }
  // A metric answers with a value or a reason; its example states the value.
  if (typeof stated === 'number' && isDetermined(actual)) return agrees(stated, actual.value);
  if (typeof stated === 'number' && typeof actual === 'number') {
    const decimals = (String(stated).split('.')[1] ?? '').replace(/e.*$/, '').length;
    const tolerance = Math.max(10 ** -decimals, 1e-12 * Math.abs(stated));
    return Object.is(stated, actual) || Math.abs(stated - actual) <= tolerance;
  }
  if (Array.isArray(stated)) {
    const items =
      ArrayBuffer.isView(actual) || Array.isArray(actual) ? Array.from(actual as ArrayLike<unknown>) : null;
    return (
      items !== null && items.length === stated.length && stated.every((item, i) => agrees(item, items[i]))
    );
  }
  if (typeof stated === 'object' && stated !== null) {
    const holder = actual as Record<string, unknown> | null;
    return (
      typeof actual === 'object' &&
      Object.entries(stated).every(([key, value]) => agrees(value, holder?.[key]))
    );
  }
  return Object.is(stated, actual);
}

function isDetermined(actual: unknown): actual is { readonly value: unknown } {
  return typeof actual === 'object' && actual !== null && 'determined' in actual && 'value' in actual;
}

/** `src/…:12`, for messages. */
export const placeOf = ({ file, line }: ExampleBlock): string => `src/${file}:${line}`;
