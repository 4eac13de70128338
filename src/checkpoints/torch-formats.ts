/** The first number of a file that torch.save wrote before 1.6, pickled: 0x1950a86a20f9469cfc6c. */
const legacyMagic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
const tarMagic = [0x75, 0x73, 0x74, 0x61, 0x72]; // ustar
const tarMagicAt = 257;
/** What the oldest archives begin with, where their tar has no magic. */
const tarFirstName = 'sys_info';

const saveAgain =
  'an archive of PyTorch 1.6 or later: load it there and save it again with torch.save, which keeps every value';

/**
 * What a file is that an older PyTorch wrote, for a message; null for any other. Such files are whole: they are refused for
 * their format, not for damage.
 */
export function foreignArchive(
  bytes: Uint8Array,
): { readonly value: string; readonly allowed: string } | null {
  if (holds(bytes, legacyMagic, 2)) {
    return { value: 'an undamaged archive of PyTorch before 1.6', allowed: saveAgain };
  }
  const first = new TextDecoder('latin1').decode(bytes.subarray(0, tarFirstName.length));
  if (holds(bytes, tarMagic, tarMagicAt) || (first === tarFirstName && bytes.length % 512 === 0)) {
    return { value: 'an undamaged tar archive of PyTorch before 0.1.10', allowed: saveAgain };
  }
  return null;
}

function holds(bytes: Uint8Array, magic: readonly number[], at: number): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, i) => bytes[at + i] === byte);
}
