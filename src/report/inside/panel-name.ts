/**
 * The name of a layer for the head of a narrow panel: whole where it fits; else its last parts, after the block's number where that is
 * not among them (`1…out_proj`): layers of different blocks have the same end.
 *
 * @param most characters.
 * @example
 * panelName('conv_layers.0', 16) // 'conv_layers.0'
 */
export function panelName(name: string, most: number): string {
  if (name.length <= most) return name;
  const parts = name.split('.');
  const block = parts.findIndex((part) => /^\d+$/.test(part));
  const headed = (from: number): string => {
    const end = parts.slice(from).join('.');
    return block >= 0 && block < from ? `${parts[block]}…${end}` : `…${end}`;
  };
  const fitting = parts.map((_, from) => from).find((from) => from > 0 && headed(from).length <= most);
  return fitting === undefined ? `…${name.slice(1 - most)}` : headed(fitting);
}
