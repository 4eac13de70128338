import { plainLine } from '../errors/plain-text.ts';

/** What can be done about faults of files, by the operating system's codes. */
const remedies: Readonly<Record<string, { readonly fault: string; readonly remedy: string }>> = {
  ENOSPC: { fault: 'there is no room left on its disk', remedy: 'free some and give the same command again' },
  EDQUOT: {
    fault: 'your share of its disk is used up',
    remedy: 'free some and give the same command again',
  },
  EROFS: {
    fault: 'it lies on a disk that can only be read',
    remedy: 'name a folder elsewhere',
  },
  EACCES: { fault: 'that is not permitted', remedy: 'have the permissions changed, or name another folder' },
  EPERM: { fault: 'that is not permitted', remedy: 'have the permissions changed, or name another folder' },
  ENOTDIR: { fault: 'a part of that path is a file', remedy: 'name another folder' },
  EEXIST: { fault: 'a file is in its place', remedy: 'name another folder' },
  EISDIR: { fault: 'that is a folder', remedy: 'name a file' },
  ENOENT: { fault: 'it is not there', remedy: 'check the path' },
  EIO: { fault: 'its disk failed', remedy: 'see to that disk, or name a folder elsewhere' },
  ENFILE: { fault: 'too many files are open on this machine', remedy: 'end other programs' },
  EMFILE: { fault: 'too many files are open', remedy: 'raise the limit (ulimit -n)' },
  ENAMETOOLONG: { fault: 'the path is too long', remedy: 'name a shorter one' },
};

/** An error in the words of the operating system; of a copy it names from where and to where. */
export type FileFault = Pick<NodeJS.ErrnoException, 'message' | 'code' | 'path'> & { readonly dest?: string };

/** What can be wrong with a file only where it is written. */
const ofWriting = ['ENOSPC', 'EDQUOT', 'EROFS'];

/**
 * What the operating system said about a file: which one, what is wrong, and what can be done about it, in one line.
 *
 * @example
 * describeFileFault(Object.assign(new Error('…'), { code: 'EROFS', path: '/cdrom/study' }));
 * // /cdrom/study cannot be used (EROFS): it lies on a disk that can only be read; name a folder elsewhere
 */
export function describeFileFault({ message, code = '', path, dest }: FileFault): string {
  const place = ofWriting.includes(code) ? (dest ?? path) : path;
  const known = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  const text =
    known === undefined || place === undefined
      ? message
      : `${place} cannot be used (${code}): ${known.fault}; ${known.remedy}`;
  return plainLine(text);
}
