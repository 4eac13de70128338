/** The few names used here of the WebAssembly JavaScript API, which TypeScript otherwise knows from browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const pageBytes = 65536;

/** Modules as the engine compiled them, by their base64: once per thread, for any number of memories. */
const compiled = new Map<string, object>();

/**
 * Runs a module that imports a memory, `env.memory`, of at least the given size.
 *
 * @param module its bytes in base64, as `npm run kernels` writes them.
 * @returns the memory's bytes, and the module's functions under the type the caller knows they have.
 * @throws RangeError if the memory cannot be had.
 */
export function instantiate<Exports>(
  module: string,
  bytes: number,
): { memory: ArrayBuffer; exports: Exports } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(compile(module), { env: { memory } });
  return { memory: memory.buffer, exports: exports as Exports };
}

function compile(module: string): object {
  const known = compiled.get(module);
  if (known !== undefined) return known;
  const fresh = new WebAssembly.Module(Buffer.from(module, 'base64'));
  compiled.set(module, fresh);
  return fresh;
}
