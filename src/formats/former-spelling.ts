/** Keys of study files, logs, manifests and checkpoints that were once spelled otherwise. */
const formerKeys: Readonly<Record<string, string>> = {
  optimiser: 'optimizer',
  centring: 'centering',
  centred: 'centered',
};

/**
 * Content with its keys in the present spelling, and the names of spectra likewise; everything else as it is. A key
 * that stands there in both spellings keeps both, so that whoever checks the content can refuse the former one.
 *
 * @param content parsed JSON or YAML, of bounded depth.
 * @example
 * inPresentSpelling({ optimiser: 'sgd', spectra: ['centred', 'raw'] }) // { optimizer: 'sgd', spectra: ['centered', 'raw'] }
 */
export function inPresentSpelling(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(inPresentSpelling);
  if (content === null || typeof content !== 'object') return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => {
      const present = Object.hasOwn(formerKeys, key) ? formerKeys[key] : key;
      const name = Object.hasOwn(content, present) ? key : present;
      return [
        name,
        name === 'spectra' && Array.isArray(value) ? value.map(spectrumName) : inPresentSpelling(value),
      ];
    }),
  );
}

function spectrumName(value: unknown): unknown {
  return value === 'centred' ? 'centered' : inPresentSpelling(value);
}
