/** The few names used here of the WebAssembly JavaScript API, which TypeScript otherwise knows from browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const pageBytes = 65536;

/**
 * Runs a module that imports a memory of at least the given size.
 *
 * @returns the memory's bytes, and the module's functions under the type the caller knows they have.
 * @throws RangeError if the memory cannot be had.
 */
export function instantiate<Exports>(
  module: Uint8Array,
  bytes: number,
): { memory: ArrayBuffer; exports: Exports } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  return { memory: memory.buffer, exports: exports as Exports };
}
