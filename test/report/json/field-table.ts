/** A part of a JSON Schema. */
interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: boolean | Node;
  readonly items?: boolean | Node;
  readonly prefixItems?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly $defs?: Readonly<Record<string, Node>>;
}

/** Every field of a JSON Schema as tables in Markdown: first those of the whole, then those of its named parts. */
export function fieldTables(schema: Node): string {
  const parts = Object.entries(schema.$defs ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    tableOf(schema),
    ...parts.map(([name, part]) => `## ${name}\n\n${sentence(part.description ?? '')}\n\n${tableOf(part)}`),
  ].join('\n');
}

function tableOf(node: Node): string {
  const rows = rowsOf(node, '').map(
    ({ path, type, meaning }) => `| \`${path}\` | ${type} | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| field | type | meaning |', '|---|---|---|', ...new Set(rows), ''].join('\n');
}

function rowsOf(node: Node, above: string): { path: string; type: string; meaning: string }[] {
  if (node.$ref !== undefined) return [];
  if (node.anyOf !== undefined) return node.anyOf.flatMap((one) => rowsOf(one, above));
  if (typeof node.items === 'object') return rowsOf(node.items, `${above}[]`);
  const own = Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = above === '' ? name : `${above}.${name}`;
    return [{ path, type: typeOf(field), meaning: field.description ?? '' }, ...rowsOf(field, path)];
  });
  const others =
    typeof node.additionalProperties === 'object' ? rowsOf(node.additionalProperties, `${above}.*`) : [];
  return [...own, ...others];
}

function typeOf(node: Node): string {
  if (node.$ref !== undefined) {
    const name = node.$ref.replace('#/$defs/', '');
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeOf))].join(' or ');
  if (node.prefixItems !== undefined) return 'low and high';
  if (typeof node.items === 'object') return `list of ${typeOf(node.items)}`;
  if (typeof node.additionalProperties === 'object') return `object of ${typeOf(node.additionalProperties)}`;
  return node.type === undefined ? 'anything' : [node.type].flat().join(' or ');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
